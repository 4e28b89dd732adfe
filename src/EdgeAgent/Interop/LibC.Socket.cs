using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>Names in a folder that is held open, so that nobody can put another one into its place.</content>
internal static unsafe partial class LibC
{
    internal const ushort S_IFDIR = 0x4000;
    internal const ushort S_IFSOCK = 0xC000;
    internal const int EEXIST = 17;
    internal const int CLOCK_MONOTONIC = 1;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int mkdirat(int dirfd, string path, uint mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int unlinkat(int dirfd, string path, int flags);
}
