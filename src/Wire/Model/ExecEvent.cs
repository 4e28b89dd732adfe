namespace Wire.Model;

/// <summary>A program was started in a process. Image, argv and working directory are those of <see cref="HostEvent.Process"/>.</summary>
/// <param name="facts">What is common to all kinds.</param>
public sealed class ExecEvent(EventFacts facts) : HostEvent(facts)
{
    /// <inheritdoc/>
    public override EventKind Kind => EventKind.Exec;

    /// <summary>The program file (for a script: its interpreter).</summary>
    public FileIdentity File { get; init; }

    /// <summary>What is special about the image path.</summary>
    public PathFlags PathFlags { get; init; }

    /// <summary>The name as the kernel copied it from the caller; for a script, the script's own name.</summary>
    public string AskedPath { get; init; } = "";

    /// <summary>Interpreter named by the script; empty for a binary.</summary>
    public string Interpreter { get; init; } = "";

    /// <summary>Short name of the process before the exec; empty when unknown.</summary>
    public string CallerComm { get; init; } = "";
}
