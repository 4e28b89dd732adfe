using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Which folder it is, and when a name in it was last changed: a time that only who sets the host's clock can choose.</summary>
/// <param name="IsEncrypted">Whether its names depend on a key that comes and goes.</param>
internal readonly record struct FolderStamp(uint Major, uint Minor, ulong Inode, long ChangeSeconds, uint ChangeNanoseconds, bool IsEncrypted)
{
    /// <summary>When that was, UTC.</summary>
    internal DateTimeOffset Changed => DateTimeOffset.FromUnixTimeSeconds(ChangeSeconds).AddTicks(ChangeNanoseconds / 100);

    /// <summary>Of the folder that a path leads to.</summary>
    /// <param name="descriptor">Where the path begins.</param>
    /// <param name="path">The path; empty = the descriptor's own.</param>
    /// <param name="stamp">Its stamp.</param>
    /// <returns>False when there is no folder.</returns>
    internal static unsafe bool TryRead(int descriptor, string path, out FolderStamp stamp)
    {
        LibC.Statx stat;
        var isThere = LibC.statx(descriptor, path, path.Length == 0 ? LibC.AT_EMPTY_PATH : 0, LibC.STATX_BASIC_AND_BTIME, &stat) == 0 && (stat.Mode & LibC.S_IFMT) == LibC.S_IFDIR;
        stamp = isThere
            ? new FolderStamp(stat.DeviceMajor, stat.DeviceMinor, stat.Inode, stat.ChangeSeconds, stat.ChangeNanoseconds, (stat.Attributes & LibC.STATX_ATTR_ENCRYPTED) != 0)
            : default;
        return isThere;
    }
}
