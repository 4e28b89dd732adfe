using EdgeAgent.Probes;
using Microsoft.Win32.SafeHandles;
using Support;

namespace EdgeAgent.Tests.Fakes;

/// <summary>What the agent shares with the probes for new folders, in a file instead of a map; the tests do what the probes would.</summary>
internal sealed class FreshMemory : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SafeFileHandle _file;

    internal FreshMemory()
    {
        _file = File.OpenHandle(_folder["fresh"], FileMode.CreateNew, FileAccess.ReadWrite, preallocationSize: Environment.SystemPageSize);
        RandomAccess.SetLength(_file, Environment.SystemPageSize);
        Shared = new FreshFolders((int)_file.DangerousGetHandle());
        Shared.Add();
    }

    internal FreshFolders Shared { get; }

    public void Dispose()
    {
        Shared.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }
}
