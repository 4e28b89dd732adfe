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

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int pid, int sig);

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
