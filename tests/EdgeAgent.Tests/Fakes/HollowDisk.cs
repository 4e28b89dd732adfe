using Support;

namespace EdgeAgent.Tests.Fakes;

/// <summary>
/// A file system of 16 MiB on an image for which there is only one MiB of room: writes are taken into memory, and making them durable fails, as on a
/// disk that dies or a thin volume that is full. Needs the right to mount, and a loop device.
/// </summary>
internal sealed class HollowDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal HollowDisk()
    {
        var (room, image) = (_folder.Folder("room"), Path.Combine(_folder["room"], "image"));
        _folder.Folder("disk");
        if (!SmallDisk.Run("mount", "-t", "tmpfs", "-o", "size=1m", "edge-test", room) || !SmallDisk.Run("truncate", "-s", "16M", image)
            || !SmallDisk.Run("mkfs.ext2", "-q", "-m0", "-N512", image) || !Mount())
        {
            Dispose();
            throw new InvalidOperationException("cannot mount");
        }
    }

    /// <summary>Why there is none here; null if there can be.</summary>
    internal static string? MissingReason { get; } = FindReason();

    internal string Folder => _folder["disk"];

    /// <summary>Gives room to all of it.</summary>
    internal void Grow() => Assert.True(SmallDisk.Run("mount", "-o", "remount,size=64m", _folder["room"]));

    public void Dispose()
    {
        SmallDisk.Run("umount", "-l", Folder);
        SmallDisk.Run("umount", "-l", _folder["room"]);
        _folder.Dispose();
    }

    private bool Mount() => SmallDisk.Run("mount", "-o", "loop", Path.Combine(_folder["room"], "image"), Folder);

    private static string? FindReason()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "Mounting needs root.";
        }

        try
        {
            using var disk = new HollowDisk();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "This machine has no loop devices, or no mkfs.ext2.";
        }
    }
}
