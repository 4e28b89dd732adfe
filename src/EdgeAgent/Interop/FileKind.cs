namespace EdgeAgent.Interop;

/// <summary>Tells files from what only looks like one. Thread-safe.</summary>
internal static class FileKind
{
    /// <summary>False for pipes, sockets, devices and folders, behind links, too: to open one may never end. What is not there is told when it is read.</summary>
    internal static unsafe bool IsRegularOrMissing(string path)
    {
        LibC.Statx stat;
        return LibC.statx(LibC.AT_FDCWD, path, 0, LibC.STATX_BASIC_AND_BTIME, &stat) != 0 || (stat.Mode & LibC.S_IFMT) == LibC.S_IFREG;
    }
}
