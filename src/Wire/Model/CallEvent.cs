namespace Wire.Model;

/// <summary>A system call that matters without an open or an exec, seen when it returned.</summary>
/// <param name="facts">What is common to all kinds.</param>
public sealed class CallEvent(EventFacts facts) : HostEvent(facts)
{
    /// <inheritdoc/>
    public override EventKind Kind => EventKind.Call;

    /// <summary>What the call is for.</summary>
    public required CallKind Call { get; init; }

    /// <summary>What it was done to; for a rename or a link the new name. Empty where a call names nothing.</summary>
    public string Path { get; init; } = "";

    /// <summary>The other name of a call with two; empty for one.</summary>
    public string OtherPath { get; init; } = "";

    /// <summary>What is special about <see cref="Path"/>.</summary>
    public PathFlags PathFlags { get; init; }

    /// <summary>The file itself, where the call was made on a descriptor; else all 0.</summary>
    public FileIdentity File { get; init; }

    /// <summary>0 = done; else the errno with which it was refused.</summary>
    public ushort Error { get; init; }

    /// <summary>The arguments.</summary>
    public CallArguments Arguments { get; init; }

    /// <summary>True for calls that change names or files, and that only matter where those are watched.</summary>
    public bool IsFileChange => Call is >= CallKind.Rename and <= CallKind.Chown;
}
