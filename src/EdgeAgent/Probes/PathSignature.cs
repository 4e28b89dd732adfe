using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Tells cheaply whether a path names another file than before. Not the kernel's identity: stat(2) may show another device.</summary>
internal readonly record struct PathSignature(uint Major, uint Minor, ulong Inode, long Birth, uint Owner, int Error)
{
    /// <summary>What the path names now, links followed; only <see cref="Error"/> when that cannot be told or is nothing.</summary>
    internal static PathSignature Of(string path) => Of(path, follow: true, out _);

    /// <summary>What the path names now.</summary>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a link as the last part stands for what it leads to.</param>
    /// <param name="isLink">True when it is a link; then what it leads to has another signature, else the same.</param>
    internal static unsafe PathSignature Of(string path, bool follow, out bool isLink)
    {
        LibC.Statx stat;
        if (LibC.statx(LibC.AT_FDCWD, path, follow ? 0 : LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_AND_BTIME, &stat) != 0)
        {
            isLink = false;
            return default(PathSignature) with { Error = Marshal.GetLastPInvokeError() };
        }

        isLink = (stat.Mode & LibC.S_IFMT) == LibC.S_IFLNK;
        return new PathSignature(
            stat.DeviceMajor, stat.DeviceMinor, stat.Inode, (stat.BirthSeconds * 1_000_000_000) + stat.BirthNanoseconds, stat.Uid, 0);
    }
}
