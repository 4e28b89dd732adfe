using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>A folder that is open: it stays the same, whatever becomes of its path.</summary>
internal sealed class OpenedFolder : IDisposable
{
    private OpenedFolder(int descriptor) => Descriptor = descriptor;

    /// <summary>The descriptor.</summary>
    internal int Descriptor { get; }

    /// <summary>A path that leads to it.</summary>
    internal string Path => $"/proc/self/fd/{Descriptor}";

    /// <summary>Opens one, links followed; null when it cannot be opened.</summary>
    internal static OpenedFolder? Open(string path) =>
        LibC.open(path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0) is var descriptor and >= 0 ? new OpenedFolder(descriptor) : null;

    /// <inheritdoc/>
    public void Dispose() => _ = LibC.close(Descriptor);
}
