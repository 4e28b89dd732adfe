using EndToEnd.Tests.Setup;

namespace EndToEnd.Tests.Chaos;

/// <summary>A file system of a test's own, gone with all that is in it when disposed of.</summary>
internal sealed class Mount : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="type">As mount(8) knows it.</param>
    /// <param name="options">Its options.</param>
    public Mount(string type, string options) => SystemTool.Run(null, "mount", "-t", type, "-o", options, "edge-test", _folder.Path);

    /// <summary>Where it is.</summary>
    public string Path => _folder.Path;

    /// <inheritdoc/>
    public void Dispose()
    {
        SystemTool.Run(null, "umount", "-l", _folder.Path);
        _folder.Dispose();
    }
}
