using System.Diagnostics;

namespace Kernel.Tests.Harness;

/// <summary>A BPF file system of a test's own; what is pinned there goes with it.</summary>
public sealed class BpfFileSystem : IDisposable
{
    private readonly string _mount;

    public BpfFileSystem(ScratchFolder scratch)
    {
        _mount = Directory.CreateDirectory(scratch.Under("bpf")).FullName;
        Run("mount", "-t", "bpf", "bpf", _mount);
        Pins = Path.Combine(_mount, "edge-agent");
    }

    /// <summary>The folder for the agent's pins; not there yet.</summary>
    public string Pins { get; }

    /// <summary>What is in the folder of the agent's first start.</summary>
    public IReadOnlyList<string> Pinned(string start = "1") =>
        [.. Directory.EnumerateFiles(Path.Combine(Pins, start)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => Run("umount", _mount);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
