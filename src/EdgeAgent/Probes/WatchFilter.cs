using System.Runtime.InteropServices;

namespace EdgeAgent.Probes;

/// <summary>The bucket table that lets the probes pass nearly every file without a map look-up. Mirror of <c>bpf/include/edge_filter.h</c>.</summary>
internal static class WatchFilter
{
    /// <summary>The map whose only value is the agent's table.</summary>
    internal const string AgentMap = ".data.filter_agent";

    /// <summary>The same for what the probes met under watched names and in watched folders.</summary>
    internal const string LearntMap = ".data.filter_learnt";

    /// <summary>Buckets of a table.</summary>
    internal const int Size = 65536;

    /// <summary>struct edge_learnt.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Learnt
    {
        public uint Watch;
        public uint Device;
        public ulong ParentInode;
    }

    private const uint Multiplier = 0x9E3779B1;
    private const int Shift = 16;

    /// <summary>Bucket of a file or folder; on whatever device.</summary>
    internal static int Bucket(ulong inode) => (int)(unchecked((uint)inode * Multiplier) >> Shift);
}
