using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Tells cheaply whether a path names another file than before. Not the kernel's identity: stat(2) may show another device.</summary>
internal readonly record struct PathSignature(uint Major, uint Minor, ulong Inode, long Birth, uint Owner, int Error)
{
    /// <summary>What the path names now; only <see cref="Error"/> when that cannot be told or is nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a link as the last part stands for what it leads to.</param>
    internal static unsafe PathSignature Of(string path, bool follow = true)
    {
        LibC.Statx stat;
        return LibC.statx(LibC.AT_FDCWD, path, follow ? 0 : LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_AND_BTIME, &stat) == 0
            ? new PathSignature(
                stat.DeviceMajor, stat.DeviceMinor, stat.Inode, (stat.BirthSeconds * 1_000_000_000) + stat.BirthNanoseconds, stat.Uid, 0)
            : default(PathSignature) with { Error = Marshal.GetLastPInvokeError() };
    }
}
