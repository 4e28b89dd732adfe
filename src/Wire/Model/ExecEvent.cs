namespace Wire.Model;

/// <summary>A program was started in a process. Image, argv and working directory are those of <see cref="HostEvent.Process"/>.</summary>
public sealed class ExecEvent : HostEvent
{
    private FileIdentity _file;
    private PathFlags _pathFlags;
    private string _askedPath = "";
    private string _interpreter = "";
    private string _callerComm = "";

    /// <summary>An event with these facts.</summary>
    /// <param name="facts">What is common to all kinds.</param>
    public ExecEvent(in EventFacts facts)
        : base(in facts)
    {
    }

    internal ExecEvent()
    {
    }

    /// <inheritdoc/>
    public override EventKind Kind => EventKind.Exec;

    /// <summary>The program file (for a script: its interpreter).</summary>
    public FileIdentity File { get => _file; init => _file = value; }

    /// <summary>What is special about the image path.</summary>
    public PathFlags PathFlags { get => _pathFlags; init => _pathFlags = value; }

    /// <summary>The name as the kernel copied it from the caller; for a script, the script's own name.</summary>
    public string AskedPath { get => _askedPath; init => _askedPath = value; }

    /// <summary>Interpreter named by the script; empty for a binary.</summary>
    public string Interpreter { get => _interpreter; init => _interpreter = value; }

    /// <summary>Short name of the process before the exec; empty when unknown.</summary>
    public string CallerComm { get => _callerComm; init => _callerComm = value; }

    internal ExecEvent Renew(
        in EventFacts facts, FileIdentity file, PathFlags pathFlags, string askedPath, string interpreter, string callerComm)
    {
        Renew(facts);
        (_file, _pathFlags, _askedPath, _interpreter, _callerComm) = (file, pathFlags, askedPath, interpreter, callerComm);
        return this;
    }
}
