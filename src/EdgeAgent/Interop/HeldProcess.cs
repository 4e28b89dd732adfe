using System.Globalization;

namespace EdgeAgent.Interop;

/// <summary>One process by a descriptor: whatever becomes of its id, what is asked of it and sent to it never meets another. One thread only.</summary>
internal sealed class HeldProcess : IDisposable
{
    private readonly int _fd;
    private readonly int _pid;

    private HeldProcess(int fd, int pid) => (_fd, _pid) = (fd, pid);

    /// <summary>The process that has the id now; null when none has, or it cannot be held.</summary>
    internal static HeldProcess? Open(int pid) => LibC.OpenProcess(pid) is var fd and >= 0 ? new HeldProcess(fd, pid) : null;

    /// <summary>Whether it has that file or folder open.</summary>
    internal bool HasOpen(string path)
    {
        var wanted = PlaceOf(path);
        try
        {
            var isFound = wanted is not null
                && Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{_pid}/fd")).Any(fd => PlaceOf(fd) == wanted);

            // Only if it still lives, what was read was of it.
            return isFound && Send(signal: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Sends a signal; 0 only asks whether that could be.</summary>
    /// <returns>False when it cannot be sent; the last error says why.</returns>
    internal bool Send(int signal) => LibC.SignalProcess(_fd, signal) == 0;

    public void Dispose() => _ = LibC.close(_fd);

    /// <summary>What is there, through links; null when nothing is. No server of a file system is asked.</summary>
    private static unsafe (uint Major, uint Minor, ulong Inode)? PlaceOf(string path)
    {
        LibC.Statx stat;
        return LibC.statx(LibC.AT_FDCWD, path, LibC.AT_STATX_DONT_SYNC, LibC.STATX_BASIC_AND_BTIME, &stat) == 0
            ? (stat.DeviceMajor, stat.DeviceMinor, stat.Inode)
            : null;
    }
}
