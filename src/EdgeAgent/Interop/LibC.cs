using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <summary>What the agent needs of libc and .NET does not offer, under the C names. x86-64 and arm64 Linux.</summary>
internal static unsafe partial class LibC
{
    internal const int O_RDONLY = 0;
    internal const int O_NONBLOCK = 0x800;
    internal const int O_CLOEXEC = 0x80000;
    internal const int O_PATH = 0x200000;
    internal const uint MFD_CLOEXEC = 1;
    internal const nint SYS_openat2 = 437;
    internal const ulong RESOLVE_NO_SYMLINKS = 0x04;
    internal const ulong RESOLVE_IN_ROOT = 0x10;
    internal const ulong RESOLVE_CACHED = 0x20;
    internal const int ENOENT = 2;
    internal const int EINTR = 4;
    internal const int EAGAIN = 11;
    internal const int ENOTDIR = 20;
    internal const int ELOOP = 40;
    internal const int PROT_READ = 1;
    internal const int PROT_WRITE = 2;
    internal const int MAP_SHARED = 1;
    internal const uint EPOLLIN = 1;
    internal const uint EPOLLET = 1u << 31;
    internal const int EPOLL_CTL_ADD = 1;
    internal const int EPOLL_CLOEXEC = 0x80000;
    internal const int CLOCK_REALTIME = 0;
    internal const int CLOCK_BOOTTIME = 7;
    internal const int RLIMIT_MEMLOCK = 8;
    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int AT_EMPTY_PATH = 0x1000;
    internal const int AT_STATX_DONT_SYNC = 0x4000;
    internal const uint STATX_BASIC_AND_BTIME = 0x7FF | 0x800;
    internal const ulong STATX_ATTR_ENCRYPTED = 0x800;
    internal const ulong STATX_ATTR_MOUNT_ROOT = 0x2000;
    internal const ushort S_IFMT = 0xF000;
    internal const ushort S_IFREG = 0x8000;
    internal const ushort S_IFLNK = 0xA000;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int open(string path, int flags, int mode);

    /// <summary>For openat2, which older C libraries lack: <c>syscall(SYS_openat2, dirfd, path, how, size)</c>.</summary>
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nint syscall(nint number, nint dirfd, string path, OpenHow* how, nuint size);

    /// <summary>The same for a path that need not be text; NUL at the end.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint syscall(nint number, nint dirfd, byte* path, OpenHow* how, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int fd, void* buf, nuint count);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nint readlink(string path, byte* buf, nuint bufsiz);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nint readlinkat(int dirfd, string path, byte* buf, nuint bufsiz);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial byte* mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int munmap(void* addr, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_ctl(int epfd, int op, int fd, void* @event);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int epoll_wait(int epfd, void* events, int maxevents, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int clock_gettime(int clockid, Timespec* tp);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setrlimit(int resource, RLimit* rlim);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int statx(int dirfd, string pathname, int flags, uint mask, Statx* statxbuf);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int statfs(string path, Statfs* buf);

    [LibraryImport("libc")]
    internal static partial uint geteuid();

    [LibraryImport("libc")]
    internal static partial int vsnprintf(byte* s, nuint maxlen, byte* format, nint arg);

    /// <summary>Bytes of a va_list, which on both architectures is a structure.</summary>
    internal static int VaListSize => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 32 : 24;

    /// <summary>O_NOFOLLOW, which is not the same on every architecture.</summary>
    internal static int O_NOFOLLOW => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>The clock's value in ns.</summary>
    internal static long Nanoseconds(int clock)
    {
        Timespec time;
        return clock_gettime(clock, &time) == 0
            ? (time.Seconds * 1_000_000_000L) + time.Nanoseconds
            : throw new InvalidOperationException($"clock_gettime({clock}) failed: errno {Marshal.GetLastPInvokeError()}");
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>struct statx, the fields we read; the same layout on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Statx
    {
        [FieldOffset(8)]
        public ulong Attributes;

        [FieldOffset(16)]
        public uint LinkCount;

        [FieldOffset(20)]
        public uint Uid;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(56)]
        public ulong AttributesMask;

        [FieldOffset(80)]
        public long BirthSeconds;

        [FieldOffset(88)]
        public uint BirthNanoseconds;

        [FieldOffset(96)]
        public long ChangeSeconds;

        [FieldOffset(104)]
        public uint ChangeNanoseconds;

        [FieldOffset(112)]
        public long ModifySeconds;

        [FieldOffset(120)]
        public uint ModifyNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }

    /// <summary>struct statfs, the field we read; the same layout on both architectures.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 120)]
    internal struct Statfs
    {
        public long Type;
    }

    /// <summary>struct open_how.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct RLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
