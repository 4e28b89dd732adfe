namespace EdgeAgent.Probes;

/// <summary>By which of the programs that note changes the agent's own are counted: the order of <c>bpf/include/edge_fresh.h</c>.</summary>
internal enum OwnChange
{
    Rename,
    Link,
    Symlink,
    Unlink,
    Truncate,
    ChangeMode,
    ChangeOwner,
    RemoveFolder,
}
