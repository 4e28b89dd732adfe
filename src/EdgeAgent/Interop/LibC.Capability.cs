using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>Rights of a thread, and becoming another program.</content>
internal static unsafe partial class LibC
{
    internal const int F_SETFD = 2;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int FD_CLOEXEC = 1;
    internal const int PR_CAPBSET_DROP = 24;
    internal const int PR_SET_NO_NEW_PRIVS = 38;
    internal const int PR_CAP_AMBIENT = 47;
    internal const nint PR_CAP_AMBIENT_CLEAR_ALL = 4;
    internal const uint LINUX_CAPABILITY_VERSION_3 = 0x20080522;

    /// <summary>Of the calling thread alone.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int capset(CapabilityHeader* header, CapabilityHalf* halves);

    /// <summary>Of the calling thread alone.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int capget(CapabilityHeader* header, CapabilityHalf* halves);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int prctl(int option, nint arg2, nint arg3, nint arg4, nint arg5);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int fd, int command, nint argument);

    /// <summary>Comes back only when it fails.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int execve(byte* path, nint* arguments, nint* environment);

    /// <summary>struct __user_cap_header_struct.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct CapabilityHeader
    {
        public uint Version;
        public int Pid;
    }

    /// <summary>struct __user_cap_data_struct: two of them hold 64 capabilities.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct CapabilityHalf
    {
        public uint Effective;
        public uint Permitted;
        public uint Inheritable;
    }
}
