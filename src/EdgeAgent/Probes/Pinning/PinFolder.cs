using System.Globalization;
using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Probes.Pinning;

/// <summary>
/// A folder of a BPF file system in which agents keep what they loaded, so that it outlives them: below it a folder, called by a number, for
/// each start that loaded anew. Of one agent at a time, by a lock that lasts as long as a descriptor of it, through execve too. A BPF file system is
/// gone with the boot, so nothing in it is of an earlier one. One thread only.
/// </summary>
internal sealed class PinFolder : IDisposable
{
    private const int LockTries = 20;

    private readonly string _path;
    private readonly SafeFileHandle _lock;

    private PinFolder(string path, SafeFileHandle locked) => (_path, _lock) = (path, locked);

    /// <summary>The descriptor that holds the lock, borrowed.</summary>
    internal int LockFd => (int)_lock.DangerousGetHandle();

    /// <summary>Opens and locks the folder; makes it, where its parent is of a BPF file system.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="ProbeException">It cannot be made or opened, or another agent has it.</exception>
    internal static PinFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProbeException($"pins: {path} cannot be made ({e.Message}); mount -t bpf bpf /sys/fs/bpf, or set pins to off", e);
        }

        var handle = Handle(path);
        if (LibC.FileSystemOf((int)handle.DangerousGetHandle()) != LibC.BPF_FS_MAGIC)
        {
            handle.Dispose();
            throw new ProbeException($"pins: {path} is not on a BPF file system; mount -t bpf bpf /sys/fs/bpf and name a folder below it, or set pins to off");
        }

        if (!IsLocked(handle, LockTries))
        {
            handle.Dispose();
            throw new ProbeException($"pins: another agent runs with {path}; edge-agent stop ends it");
        }

        return new PinFolder(path, handle);
    }

    /// <summary>Whether an agent has it now.</summary>
    internal static bool IsInUse(string path)
    {
        if (!Directory.Exists(path))
        {
            return false;
        }

        using var handle = Handle(path);
        return !IsLocked(handle, tries: 1);
    }

    /// <summary>The folders of its starts, ascending; also those that did not come to an end.</summary>
    internal static IReadOnlyList<string> StartsIn(string path) => Directory.Exists(path)
        ? [.. Directory.EnumerateDirectories(path).Where(folder => Number(folder) > 0).OrderBy(Number)]
        : [];

    /// <summary>The folders of its starts, ascending; also those that did not come to an end.</summary>
    internal IReadOnlyList<string> Starts() => StartsIn(_path);

    /// <summary>Makes a folder for this start, after all others.</summary>
    internal string Begin()
    {
        var folder = Path.Combine(_path, ((Starts() is [.., var last] ? Number(last) : 0) + 1).ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Removes all starts, and itself.</summary>
    internal void Remove()
    {
        foreach (var start in Starts())
        {
            PinnedProbes.Remove(start);
        }

        Directory.Delete(_path);
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Tried for a moment: whoever asks whether the folder is in use has the lock for an instant.</summary>
    private static bool IsLocked(SafeFileHandle handle, int tries)
    {
        for (; LibC.flock(handle, LibC.LOCK_EX | LibC.LOCK_NB) != 0; Thread.Sleep(10))
        {
            if (--tries == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Number(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static SafeFileHandle Handle(string path)
    {
        var fd = LibC.open(path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0);
        return fd >= 0
            ? new SafeFileHandle(fd, ownsHandle: true)
            : throw new ProbeException($"pins: {path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
