namespace Wire.Model;

/// <summary>A system call that matters without an open or an exec, seen when it returned.</summary>
public sealed class CallEvent : HostEvent
{
    private CallKind _call;
    private string _path = "";
    private string _otherPath = "";
    private PathFlags _pathFlags;
    private FileIdentity _file;
    private ushort _error;
    private CallArguments _arguments;

    /// <summary>An event with these facts.</summary>
    /// <param name="facts">What is common to all kinds.</param>
    public CallEvent(in EventFacts facts)
        : base(in facts)
    {
    }

    internal CallEvent()
    {
    }

    /// <inheritdoc/>
    public override EventKind Kind => EventKind.Call;

    /// <summary>What the call is for.</summary>
    public required CallKind Call { get => _call; init => _call = value; }

    /// <summary>What it was done to; for a rename or a link the new name. Empty where a call names nothing.</summary>
    public string Path { get => _path; init => _path = value; }

    /// <summary>The other name of a call with two; empty for one.</summary>
    public string OtherPath { get => _otherPath; init => _otherPath = value; }

    /// <summary>What is special about <see cref="Path"/>.</summary>
    public PathFlags PathFlags { get => _pathFlags; init => _pathFlags = value; }

    /// <summary>The file itself, where the call was made on a descriptor; else all 0.</summary>
    public FileIdentity File { get => _file; init => _file = value; }

    /// <summary>0 = done; else the errno with which it was refused.</summary>
    public ushort Error { get => _error; init => _error = value; }

    /// <summary>The arguments.</summary>
    public CallArguments Arguments { get => _arguments; init => _arguments = value; }

    /// <summary>True for calls that change names or files, and that only matter where those are watched.</summary>
    public bool IsFileChange => Call is >= CallKind.Rename and <= CallKind.Chown;

    internal CallEvent Renew(
        in EventFacts facts, CallKind call, string path, string otherPath, PathFlags pathFlags, FileIdentity file, ushort error, CallArguments arguments)
    {
        Renew(facts);
        (_call, _path, _otherPath, _pathFlags) = (call, path, otherPath, pathFlags);
        (_file, _error, _arguments) = (file, error, arguments);
        return this;
    }
}
