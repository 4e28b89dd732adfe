using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>
/// Follows links for the watch lists without letting users choose what is watched: a link counts when it and its folder belong to root,
/// or when what it leads to belongs to the link's owner, as a user's own file under another name.
/// </summary>
internal static unsafe class PathResolver
{
    private const int MostLinks = 40;
    private const int MostBytes = 4096;

    /// <summary>
    /// Opens what the path names, as O_PATH. Where a user's link leads to another's file, the link itself; nothing when that link is in
    /// the middle of the path.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="errno">0, or why nothing could be opened.</param>
    /// <returns>A descriptor, or -1.</returns>
    internal static int Open(string path, out int errno)
    {
        var links = new List<uint>();
        var real = Resolve(path, links, out errno);
        if (real is null)
        {
            return -1;
        }

        var fd = OpenExactly(real, out errno);
        if (fd < 0 || links.Count == 0 || links.TrueForAll(owner => Stat(fd, "", LibC.AT_EMPTY_PATH, out var target) == 0 && target.Uid == owner))
        {
            return fd;
        }

        _ = LibC.close(fd);
        return OpenExactly(path, out errno);
    }

    /// <summary>The path without links; the owners of those that are not root's are added to <paramref name="links"/>.</summary>
    private static string? Resolve(string path, List<uint> links, out int errno)
    {
        var rest = new Stack<string>(Parts(path));
        var folder = "/";
        var followed = 0;
        while (rest.TryPop(out var part))
        {
            if (part == "..")
            {
                folder = Path.GetDirectoryName(folder) ?? "/";
                continue;
            }

            var next = Path.Combine(folder, part);
            errno = Stat(LibC.AT_FDCWD, next, LibC.AT_SYMLINK_NOFOLLOW, out var stat);
            if (errno == 0 && (stat.Mode & LibC.S_IFMT) != LibC.S_IFLNK)
            {
                folder = next;
                continue;
            }

            if (errno == 0 && ++followed > MostLinks)
            {
                errno = LibC.ELOOP;
            }

            if (errno != 0 || !TryReadLink(next, out var target, out errno))
            {
                return null;
            }

            if (stat.Uid != 0 || !IsRoots(folder))
            {
                links.Add(stat.Uid);
            }

            folder = target.StartsWith('/') ? "/" : folder;
            foreach (var piece in Parts(target))
            {
                rest.Push(piece);
            }
        }

        errno = 0;
        return folder;
    }

    private static bool IsRoots(string folder) => Stat(LibC.AT_FDCWD, folder, LibC.AT_SYMLINK_NOFOLLOW, out var stat) == 0 && stat.Uid == 0;

    /// <summary>Last part first.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").Reverse();

    private static bool TryReadLink(string path, out string target, out int errno)
    {
        var buffer = stackalloc byte[MostBytes];
        var length = LibC.readlink(path, buffer, MostBytes);
        errno = length < 0 ? Marshal.GetLastPInvokeError() : 0;
        target = length < 0 ? "" : Marshal.PtrToStringUTF8((nint)buffer, (int)length);
        return length >= 0;
    }

    /// <summary>The folders of the path must be what they were when it was resolved: no link is followed any more.</summary>
    private static int OpenExactly(string path, out int errno)
    {
        // With O_NOFOLLOW and O_PATH a link as the last part is opened itself.
        var how = new LibC.OpenHow { Flags = (ulong)(LibC.O_PATH | LibC.O_CLOEXEC | LibC.O_NOFOLLOW), Resolve = LibC.RESOLVE_NO_SYMLINKS };
        var fd = (int)LibC.syscall(LibC.SYS_openat2, LibC.AT_FDCWD, path, &how, (nuint)sizeof(LibC.OpenHow));
        errno = fd < 0 ? Marshal.GetLastPInvokeError() : 0;
        return fd;
    }

    private static int Stat(int at, string path, int flags, out LibC.Statx stat)
    {
        fixed (LibC.Statx* target = &stat)
        {
            return LibC.statx(at, path, flags, LibC.STATX_BASIC_AND_BTIME, target) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }
}
