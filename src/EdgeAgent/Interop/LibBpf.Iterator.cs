using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>bpf/bpf.h: programs that run when they are asked.</content>
internal static unsafe partial class LibBpf
{
    /// <summary>enum bpf_attach_type.</summary>
    internal const int BPF_TRACE_ITER = 28;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bpf_link_create(int prog_fd, int target_fd, int attach_type, LinkCreateOptions* opts);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bpf_iter_create(int link_fd);

    /// <summary>struct bpf_link_create_opts, the fields that an iterator needs.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct LinkCreateOptions
    {
        public nuint Size;
        public uint Flags;
        public IterTaskInfo* IterInfo;
        public uint IterInfoLength;
    }

    /// <summary>union bpf_iter_link_info, member task (kernel 6.1 and newer look at it).</summary>
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    internal struct IterTaskInfo
    {
        public uint Tid;
        public uint Pid;
        public uint PidFd;
    }
}
