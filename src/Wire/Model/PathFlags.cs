namespace Wire.Model;

/// <summary>What is special about a resolved path.</summary>
[Flags]
public enum PathFlags : ushort
{
    /// <summary>The path is complete, from the root of the mount namespace.</summary>
    None = 0,

    /// <summary>Too long or too deep: the tail was kept, the front is missing.</summary>
    Truncated = 1 << 0,

    /// <summary>Not reachable from a mounted root: memfd, pipe, detached mount.</summary>
    Detached = 1 << 1,

    /// <summary>The name no longer exists (unlinked or <c>O_TMPFILE</c>).</summary>
    Deleted = 1 << 2,

    /// <summary>The same inode as a watched file, under another name (hard link, bind mount).</summary>
    Alias = 1 << 3,

    /// <summary>The name that was asked for could not be read.</summary>
    AskedUnreadable = 1 << 4,

    /// <summary>The name that was asked for is cut.</summary>
    AskedTruncated = 1 << 5,

    /// <summary>The path is the name as asked, looked up afterwards at best: another thread may have changed it, or the file.</summary>
    Unverified = 1 << 6,
}
