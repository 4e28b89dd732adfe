namespace Wire.Model;

/// <summary>A process ended.</summary>
public sealed class ExitEvent : HostEvent
{
    private int _exitCode;

    /// <summary>An event with these facts.</summary>
    /// <param name="facts">What is common to all kinds.</param>
    public ExitEvent(in EventFacts facts)
        : base(in facts)
    {
    }

    internal ExitEvent()
    {
    }

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
