using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using Wire.Text;

namespace EdgeAgent.Enrichment;

/// <summary>
/// Looks paths up below a root by what the kernel has in its cache of names; parts <c>..</c> and links are the kernel's to follow. A link
/// whose time of last access is due for a change the kernel follows for nobody who must not wait: then its text is read, where it lies on
/// a file system of this machine. One thread only.
/// </summary>
internal sealed class CachedLookup : IDisposable
{
    private const int MaxBytes = 4096;

    /// <summary>As many as the kernel follows.</summary>
    private const int MostLinks = 40;
    private static readonly HashSet<string> OfThisMachine = ["tmpfs", "ramfs", "btrfs", "overlay"];
    private readonly int _root;

    private CachedLookup(int root) => _root = root;

    /// <summary>The lookup, or null when there is no such folder.</summary>
    internal static CachedLookup? In(string root) =>
        LibC.open(root, LibC.O_PATH | LibC.O_CLOEXEC, 0) is >= 0 and var fd ? new CachedLookup(fd) : null;

    /// <summary>The path as the agent sees it; null when there is no such file now, or a file system would have to be asked.</summary>
    internal string? Find(string path)
    {
        for (var i = 0; i < MostLinks; i++)
        {
            var file = Open(path, LibC.O_PATH);
            if (file >= 0)
            {
                var found = ProcLinks.Read($"/proc/self/fd/{file}");
                _ = LibC.close(file);
                return found?.StartsWith('/') == true ? found : null;
            }

            if (Marshal.GetLastPInvokeError() != LibC.EAGAIN || WithoutFirstLink(path) is not { } next)
            {
                return null;
            }

            path = next;
        }

        return null;
    }

    public void Dispose() => _ = LibC.close(_root);

    private string? WithoutFirstLink(string path)
    {
        for (int start = 1, end; start <= path.Length; start = end + 1)
        {
            end = path.IndexOf('/', start);
            end = end < 0 ? path.Length : end;
            var part = Open(path[..end], LibC.O_PATH | LibC.O_NOFOLLOW);
            if (part < 0)
            {
                return null;
            }

            var (isLink, target) = TextOf(part);
            _ = LibC.close(part);
            if (isLink)
            {
                return target is null ? null : $"{(target.StartsWith('/') ? "" : path[..start])}{target}{path[end..]}";
            }
        }

        return null;
    }

    private static unsafe (bool IsLink, string? Target) TextOf(int fd)
    {
        LibC.Statx status;
        if (LibC.statx(fd, "", LibC.AT_EMPTY_PATH | LibC.AT_STATX_DONT_SYNC, LibC.STATX_BASIC_AND_BTIME, &status) != 0
            || (status.Mode & LibC.S_IFMT) != LibC.S_IFLNK)
        {
            return (false, null);
        }

        if (status.DeviceMajor == 0 && !OfThisMachine.Contains(TypeOf(status.DeviceMinor)))
        {
            return (true, null);
        }

        var bytes = stackalloc byte[MaxBytes];
        var length = LibC.readlinkat(fd, "", bytes, MaxBytes);
        return (true, length is > 0 and < MaxBytes ? KernelString.FromBytes(new ReadOnlySpan<byte>(bytes, (int)length)) : null);
    }

    /// <summary>The type of a file system that is on no block device; empty when it is not mounted here.</summary>
    private static string TypeOf(uint minor) => File.ReadLines("/proc/self/mountinfo")
        .Where(line => line.Split(' ', 4) is [_, _, var device, ..] && device == $"0:{minor}")
        .Select(line => line[(line.IndexOf(" - ", StringComparison.Ordinal) + 3)..].Split(' ')[0])
        .FirstOrDefault("");

    private unsafe int Open(string path, int flags)
    {
        if (path.Length >= MaxBytes)
        {
            Marshal.SetLastPInvokeError(0);
            return -1;
        }

        var bytes = stackalloc byte[(3 * MaxBytes) + 1];
        bytes[KernelString.GetBytes(path, new Span<byte>(bytes, 3 * MaxBytes))] = 0;
        var how = new LibC.OpenHow { Flags = (ulong)(flags | LibC.O_CLOEXEC), Resolve = LibC.RESOLVE_IN_ROOT | LibC.RESOLVE_CACHED };
        return (int)LibC.syscall(LibC.SYS_openat2, _root, bytes, &how, (nuint)sizeof(LibC.OpenHow));
    }
}
