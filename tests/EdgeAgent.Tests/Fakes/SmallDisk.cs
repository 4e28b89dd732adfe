using System.Diagnostics;
using Support;

namespace EdgeAgent.Tests.Fakes;

/// <summary>A file system of its own of one MiB, in memory; needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal SmallDisk()
    {
        if (!Run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "edge-test", _folder.Path))
        {
            _folder.Dispose();
            throw new InvalidOperationException("cannot mount");
        }
    }

    /// <summary>Why there is none here; null if there can be.</summary>
    internal static string? MissingReason { get; } = FindReason();

    internal string Path => _folder.Path;

    /// <summary>Takes all the room that is left.</summary>
    internal void Fill()
    {
        using var file = File.Create(System.IO.Path.Combine(Path, "filler"));
        var block = new byte[1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    /// <summary>Gives it back.</summary>
    internal void Free() => File.Delete(System.IO.Path.Combine(Path, "filler"));

    internal void Remount(string how) => Assert.True(Run("mount", "-o", $"remount,{how}", Path));

    public void Dispose()
    {
        Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    private static string? FindReason()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "Mounting needs root.";
        }

        try
        {
            using var disk = new SmallDisk();
            return null;
        }
        catch (InvalidOperationException)
        {
            return "This machine does not allow mounts.";
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
