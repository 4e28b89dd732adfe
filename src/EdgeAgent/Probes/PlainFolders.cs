using EdgeAgent.Intake;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Whether every folder below the watched ones came there by a call of this kernel, and can be listed.</summary>
internal static unsafe class PlainFolders
{
    /// <summary>
    /// File systems of which that is known, by their magic numbers: ext4, xfs, tmpfs and ramfs. Not so where other hosts or programs make
    /// folders (NFS, FUSE, overlays), or calls of the file system's own (btrfs).
    /// </summary>
    private static readonly HashSet<long> Types = [0xEF53, 0x58465342, 0x01021994, 0x858458F6];

    /// <summary>False where a folder below a watched one is hidden by a mount, or may appear without the probes' knowledge.</summary>
    /// <param name="targets">What is watched, by path.</param>
    internal static bool Are(IReadOnlyDictionary<string, WatchTarget> targets) =>
        targets.Values.Where(IsFolder).All(target => IsBelow(target, targets) ? IsPlain(target.Path) : IsOfKnownType(target.Path));

    private static bool IsFolder(WatchTarget target) => target.Watch.HasFlag(EdgeWatch.Folder);

    private static bool IsBelow(WatchTarget target, IReadOnlyDictionary<string, WatchTarget> targets) =>
        target.IsBelow || (target.Path != "/" && targets.TryGetValue(target.Folder, out var above) && IsFolder(above));

    /// <summary>Of the same mount as the folder above it.</summary>
    private static bool IsPlain(string path)
    {
        LibC.Statx stat;
        return LibC.statx(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_AND_BTIME, &stat) == 0
            && (stat.AttributesMask & LibC.STATX_ATTR_MOUNT_ROOT) != 0 && (stat.Attributes & LibC.STATX_ATTR_MOUNT_ROOT) == 0;
    }

    /// <summary>Whether it is on one of these, or nowhere.</summary>
    internal static bool IsOfKnownType(string path)
    {
        LibC.Statfs stat;
        return LibC.statfs(path, &stat) == 0 ? Types.Contains(stat.Type) : !Path.Exists(path);
    }
}
