using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeAgent.Intake;

// Mirror of bpf/include/edge_event.h, in its order and under its names (Pascal case). A test compares both through BTF.
#pragma warning disable CS0649 // filled by the kernel

internal static class KernelContract
{
    internal const int Version = 4;
    internal const int CommLength = 16;
    internal const int PathMax = 4096;
    internal const int AskedMax = 1024;
    internal const int ArgvMax = 4096;
    internal const int NameMax = 64;
    internal const int KindCount = 8;
    internal const int LaneCount = 2;
}

[Flags]
internal enum EdgeWatch : uint
{
    None = 0,
    Open = 1 << 0,
    Exec = 1 << 1,
    Folder = 1 << 2,
}

[InlineArray(KernelContract.CommLength)]
internal struct EdgeComm
{
    private byte _first;
}

[InlineArray(16)]
internal struct EdgeAddress
{
    private byte _first;
}

[InlineArray(KernelContract.NameMax)]
internal struct EdgeName
{
    private byte _first;
}

[InlineArray(KernelContract.KindCount)]
internal struct EdgeKindCounters
{
    private ulong _first;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeHeader
{
    public ushort Version;
    public ushort Kind;
    public uint Size;
    public ulong BootNs;
    public ulong Sequence;
    public uint Cpu;
    public ushort Lane;
    public ushort Origin;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeTask
{
    public uint Pid;
    public uint Tid;
    public ulong StartNs;
    public uint ParentPid;
    public uint SessionPid;
    public ulong ParentStartNs;
    public ulong CgroupId;
    public uint Uid;
    public uint Euid;
    public uint Gid;
    public uint Egid;
    public uint LoginUid;
    public uint AuditSession;
    public EdgeComm Comm;
    public ulong Capabilities;
    public uint Terminal;
    public uint MountNamespace;
    public uint PidNamespace;
    public uint NetworkNamespace;
    public uint UserNamespace;
    public uint Pad;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeFile
{
    public ulong Inode;
    public uint Device;
    public uint LinkCount;
    public ushort Mode;
    public ushort PathFlags;
    public EdgeWatch Watch;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeExec
{
    public EdgeHeader Header;
    public EdgeTask Task;
    public EdgeFile File;
    public uint ArgvTotal;
    public ushort PathLen;
    public ushort AskedLen;
    public ushort InterpreterLen;
    public ushort CwdLen;
    public ushort ArgvLen;
    public ushort Pad;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeFork
{
    public EdgeHeader Header;
    public EdgeTask Task;
    public ulong ChildStartNs;
    public uint ChildPid;
    public uint Pad;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeExit
{
    public EdgeHeader Header;
    public EdgeTask Task;
    public int ExitCode;
    public uint Pad;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeFileOpen
{
    public EdgeHeader Header;
    public EdgeTask Task;
    public EdgeFile File;
    public uint OpenFlags;
    public ushort PathLen;
    public ushort AskedLen;
}

[InlineArray(4)]
internal struct EdgeArguments
{
    private ulong _first;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeCall
{
    public EdgeHeader Header;
    public EdgeTask Task;
    public EdgeFile File;
    public EdgeArguments Arguments;
    public int Result;
    public ushort Call;
    public ushort NameLen;
    public ushort FolderLen;
    public ushort OtherNameLen;
    public ushort OtherFolderLen;
    public ushort Pad;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EdgeNetwork
{
    public EdgeHeader Header;
    public EdgeTask Task;
    public EdgeAddress Address;
    public ushort Port;
    public byte Protocol;
    public fixed byte Pad[5];
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeFileIdentity
{
    public uint Fd;
    public uint Device;
    public ulong Inode;
    public ulong ParentInode;
    public uint Generation;
    public uint ParentGeneration;
}

[StructLayout(LayoutKind.Sequential)]
internal record struct EdgeInodeKey
{
    public ulong Inode;
    public uint Device;
    public uint Generation;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeNameKey
{
    public ulong ParentInode;
    public uint Device;
    public uint ParentGeneration;
    public EdgeName Name;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeWordKey
{
    public EdgeName Word;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EdgeNet4Key
{
    public uint PrefixLen;
    public fixed byte Address[4];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EdgeNet6Key
{
    public uint PrefixLen;
    public fixed byte Address[16];
}

[StructLayout(LayoutKind.Sequential)]
internal struct EdgeLaneState
{
    public ulong NextSequence;
    public EdgeKindCounters Lost;
}
