namespace EdgeAgent.SelfTest;

/// <summary>Places in the kernel where a probe hangs and that the agent can set off itself, as a set.</summary>
[Flags]
internal enum Hooks
{
    None = 0,
    Fork = 1 << 0,
    Exec = 1 << 1,
    Exit = 1 << 2,
    FileOpen = 1 << 3,
    Connect4 = 1 << 4,
    Connect6 = 1 << 5,
    Call = 1 << 6,

    /// <summary>Seen by a count and not by an event: the agent's own changes are no events.</summary>
    Change = 1 << 7,
    All = (1 << 8) - 1,
}
