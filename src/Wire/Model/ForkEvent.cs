namespace Wire.Model;

/// <summary>A process made a child. <see cref="HostEvent.Process"/> is the parent.</summary>
public sealed class ForkEvent : HostEvent
{
    private ProcessKey _child;

    /// <summary>An event with these facts.</summary>
    /// <param name="facts">What is common to all kinds.</param>
    public ForkEvent(in EventFacts facts)
        : base(in facts)
    {
    }

    internal ForkEvent()
    {
    }

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
