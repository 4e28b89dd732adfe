using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Descriptors that name files without opening them (O_PATH): nothing is read, no device is touched, no probe fires.</summary>
internal sealed class PathDescriptors : IDisposable
{
    private readonly Dictionary<string, int> _byPath = new(StringComparer.Ordinal);

    /// <summary>A descriptor of what the path names, -1 when that does not exist.</summary>
    internal int Open(string path)
    {
        if (!_byPath.TryGetValue(path, out var fd))
        {
            fd = LibC.open(path, LibC.O_PATH | LibC.O_CLOEXEC, 0);
            _byPath[path] = fd;
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
