using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Descriptors that name files without opening them (O_PATH): nothing is read, no device is touched, no probe fires.</summary>
internal sealed class PathDescriptors : IDisposable
{
    private readonly Dictionary<string, int> _byPath = new(StringComparer.Ordinal);

    /// <summary>Paths of which it could not be told whether they exist, and why.</summary>
    internal Dictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>A descriptor of what the path names; -1 when that does not exist or, listed in <see cref="Faults"/>, could not be opened.</summary>
    internal int Open(string path)
    {
        if (!_byPath.TryGetValue(path, out var fd))
        {
            fd = PathResolver.Open(path, out var errno);
            _byPath[path] = fd;

            // A loop of links is a user's way to have no file there.
            if (fd < 0 && errno is not (LibC.ENOENT or LibC.ENOTDIR or LibC.ELOOP))
            {
                Faults[path] = errno;
            }
        }

        return fd;
    }

    /// <summary>The resolved path of a descriptor; null when it cannot be told.</summary>
    internal static string? RealPath(int fd)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{fd}").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var fd in _byPath.Values.Where(fd => fd >= 0))
        {
            _ = LibC.close(fd);
        }
    }
}
