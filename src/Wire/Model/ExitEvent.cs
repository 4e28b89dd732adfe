namespace Wire.Model;

/// <summary>A process ended.</summary>
/// <param name="facts">What is common to all kinds.</param>
public sealed class ExitEvent(in EventFacts facts) : HostEvent(in facts)
{
    private int _exitCode;

    /// <inheritdoc/>
    public override EventKind Kind => EventKind.Exit;

    /// <summary>Wait status as the kernel keeps it: exit code &lt;&lt; 8 | signal.</summary>
    public int ExitCode { get => _exitCode; init => _exitCode = value; }

    internal ExitEvent Renew(in EventFacts facts, int exitCode)
    {
        Renew(facts);
        _exitCode = exitCode;
        return this;
    }
}
