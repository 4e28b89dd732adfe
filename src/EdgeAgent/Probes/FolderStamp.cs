using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Which folder it is, and when a name in it was last changed; that time nobody sets.</summary>
internal readonly record struct FolderStamp(uint Major, uint Minor, ulong Inode, long ChangeSeconds, uint ChangeNanoseconds)
{
    /// <summary>When that was, UTC.</summary>
    internal DateTimeOffset Changed => DateTimeOffset.FromUnixTimeSeconds(ChangeSeconds).AddTicks(ChangeNanoseconds / 100);

    /// <summary>Of the folder that a path leads to.</summary>
    /// <param name="path">The path.</param>
    /// <param name="stamp">Its stamp.</param>
    /// <param name="isThere">False when it leads to no folder.</param>
    /// <returns>False when there is no folder, or no stamp of one.</returns>
    internal static unsafe bool TryRead(string path, out FolderStamp stamp, out bool isThere)
    {
        LibC.Statx stat;
        isThere = LibC.statx(LibC.AT_FDCWD, path, 0, LibC.STATX_BASIC_AND_BTIME, &stat) == 0 && (stat.Mode & LibC.S_IFMT) == LibC.S_IFDIR;
        stamp = isThere ? new FolderStamp(stat.DeviceMajor, stat.DeviceMinor, stat.Inode, stat.ChangeSeconds, stat.ChangeNanoseconds) : default;
        return isThere;
    }
}
