namespace Wire.Model;

/// <summary>A process made a child. <see cref="HostEvent.Process"/> is the parent.</summary>
/// <param name="facts">What is common to all kinds.</param>
public sealed class ForkEvent(in EventFacts facts) : HostEvent(in facts)
{
    private ProcessKey _child;

    /// <inheritdoc/>
    public override EventKind Kind => EventKind.Fork;

    /// <summary>The new process.</summary>
    public required ProcessKey Child { get => _child; init => _child = value; }

    internal ForkEvent Renew(in EventFacts facts, ProcessKey child)
    {
        Renew(facts);
        _child = child;
        return this;
    }
}
