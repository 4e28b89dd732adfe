using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>Ending a process, and what file system an open file is of.</content>
internal static unsafe partial class LibC
{
    internal const int SIGTERM = 15;

    /// <summary>statfs(2), f_type of a BPF file system.</summary>
    internal const long BPF_FS_MAGIC = 0xcafe4a11;

    /// <summary>O_DIRECTORY, which is not the same on every architecture.</summary>
    internal static int O_DIRECTORY => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    // The same numbers on x64 and arm64, as of all calls since 5.1.
    private const nint PidFdSendSignal = 424;
    private const nint PidFdOpen = 434;

    /// <summary>pidfd_open(2).</summary>
    internal static int OpenProcess(int pid) => (int)syscall(PidFdOpen, pid, 0, 0, 0);

    /// <summary>pidfd_send_signal(2).</summary>
    internal static int SignalProcess(int fd, int signal) => (int)syscall(PidFdSendSignal, fd, signal, 0, 0);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth);

    /// <summary>The type of the file system that an open file is of; 0 when that is not known.</summary>
    internal static long FileSystemOf(int fd)
    {
        // struct statfs: the type is its first word; 120 bytes on both architectures.
        var answer = stackalloc long[32];
        return fstatfs(fd, answer) == 0 ? *answer & uint.MaxValue : 0;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fstatfs(int fd, long* buf);
}
