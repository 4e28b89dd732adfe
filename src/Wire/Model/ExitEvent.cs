namespace Wire.Model;

/// <summary>A process ended.</summary>
public sealed class ExitEvent : HostEvent
{
    /// <inheritdoc/>
    public override EventKind Kind => EventKind.Exit;

    /// <summary>Wait status as the kernel keeps it: exit code &lt;&lt; 8 | signal.</summary>
    public int ExitCode { get; init; }
}
