namespace Wire.Model;

/// <summary>A process made a child. <see cref="HostEvent.Process"/> is the parent.</summary>
public sealed class ForkEvent : HostEvent
{
    /// <inheritdoc/>
    public override EventKind Kind => EventKind.Fork;

    /// <summary>The new process.</summary>
    public required ProcessKey Child { get; init; }
}
