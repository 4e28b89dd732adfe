using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Tells cheaply whether a path names another file than before. Not the kernel's identity: stat(2) may show another device.</summary>
internal readonly record struct PathSignature(uint Major, uint Minor, ulong Inode, long Birth)
{
    /// <summary>What the path names now; default when nothing.</summary>
    internal static unsafe PathSignature Of(string path)
    {
        LibC.Statx stat;
        return LibC.statx(LibC.AT_FDCWD, path, 0, LibC.STATX_INO_AND_BTIME, &stat) == 0
            ? new PathSignature(
                stat.DeviceMajor, stat.DeviceMinor, stat.Inode, (stat.BirthSeconds * 1_000_000_000) + stat.BirthNanoseconds)
            : default;
    }
}
