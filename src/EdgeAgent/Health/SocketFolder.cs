using System.Net.Sockets;
using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Health;

/// <summary>
/// The private folder of a socket, held open: no symbolic link is followed on the way to it, and what others do to names above it changes nothing. One
/// thread only.
/// </summary>
internal sealed unsafe class SocketFolder : IDisposable
{
    /// <summary>Most bytes of a socket's file name in UTF-8: with the way to the open folder before it, it must fit into an address, which has 108.</summary>
    internal const int LongestName = 80;

    /// <summary>Binding takes less than a millisecond: who holds a folder for a second does something else.</summary>
    private const int MostTries = 200;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);
    private const uint OwnerOnly = 0x1C0;
    private const ushort WritableByOthers = 0x12;
    private readonly SafeFileHandle _folder;
    private readonly string _name;

    private SocketFolder(SafeFileHandle folder, string name) => (_folder, _name) = (folder, name);

    /// <summary>An address of the socket that leads through the open folder.</summary>
    /// <exception cref="IOException">Its name is too long for one.</exception>
    internal UnixDomainSocketEndPoint EndPoint
    {
        get
        {
            try
            {
                return new UnixDomainSocketEndPoint(Path);
            }
            catch (ArgumentOutOfRangeException e)
            {
                throw new IOException($"its name is longer than the address of a socket holds: write one of at most {LongestName} bytes", e);
            }
        }
    }

    private string Path => $"/proc/self/fd/{(int)_folder.DangerousGetHandle()}/{_name}";

    /// <summary>Opens the folder of a socket; makes it, for this user only, where only it is missing.</summary>
    /// <param name="path">Absolute path of the socket, without . and .. parts.</param>
    /// <param name="mayMake">False = it is not made.</param>
    /// <exception cref="IOException">It cannot be made or opened, others may write to it, or a part of the path is a symbolic link.</exception>
    internal static SocketFolder Open(string path, bool mayMake = true)
    {
        var slash = path.LastIndexOf('/');
        var (folder, name) = (slash == 0 ? "/" : path[..slash], path[(slash + 1)..]);
        var handle = TryOpen(folder, out var error);
        if (mayMake && error == LibC.ENOENT && folder.LastIndexOf('/') is var above)
        {
            using var parent = Must(TryOpen(above == 0 ? "/" : folder[..above], out error), folder, error);
            if (LibC.mkdirat((int)parent.DangerousGetHandle(), folder[(above + 1)..], OwnerOnly) != 0 && Marshal.GetLastPInvokeError() != LibC.EEXIST)
            {
                throw Failed(folder, Marshal.GetLastPInvokeError());
            }

            handle = TryOpen(folder, out error);
        }

        var opened = Must(handle, folder, error);
        if (!IsPrivate(opened))
        {
            opened.Dispose();
            throw new IOException($"{folder} is not this user's own, or others may write to it");
        }

        return new SocketFolder(opened, name);
    }

    /// <summary>
    /// Binds the socket to its name, for this user only, and listens; what a dead agent left there is removed first. Others that do the same wait: what
    /// is bound and does not listen yet would be a dead agent's to them.
    /// </summary>
    /// <exception cref="IOException">An agent answers there, something else has the name, or somebody keeps the folder locked.</exception>
    internal void Listen(Socket socket, int mostWaiting)
    {
        using var held = TryHold() ?? throw new IOException("another agent that starts or ends holds its folder");
        RemoveStale();
        try
        {
            socket.Bind(EndPoint);

            // Nobody can connect before it listens.
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen(mostWaiting);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Closes the socket, which takes its name along: never that of the agent that comes next and finds nobody there.</summary>
    internal void Close(Socket socket)
    {
        SafeFileHandle? held = null;
        try
        {
            // Null where somebody keeps the folder locked: then nobody can take the name either.
            held = TryHold();
        }
        catch (IOException)
        {
            // No descriptor is left for it: the socket has to be closed all the same.
        }

        socket.Dispose();
        held?.Dispose();
    }

    /// <summary>Locks the folder against others that bind or close a socket in it; null = somebody keeps it locked.</summary>
    private SafeFileHandle? TryHold()
    {
        // The folder's own descriptor stands for its path only, and such ones cannot be locked.
        var fd = LibC.open($"/proc/self/fd/{(int)_folder.DangerousGetHandle()}/.", LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }

        var handle = new SafeFileHandle(fd, ownsHandle: true);
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (LibC.flock(handle, LibC.LOCK_EX | LibC.LOCK_NB) == 0)
            {
                return handle;
            }

            Thread.Sleep(BetweenTries);
        }

        handle.Dispose();
        return null;
    }

    private void Unbind() => _ = LibC.unlinkat((int)_folder.DangerousGetHandle(), _name, 0);

    public void Dispose() => _folder.Dispose();

    private void RemoveStale()
    {
        LibC.Statx stat;
        if (LibC.statx((int)_folder.DangerousGetHandle(), _name, LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_AND_BTIME, &stat) != 0)
        {
            return;
        }

        if ((stat.Mode & LibC.S_IFMT) != LibC.S_IFSOCK)
        {
            throw new IOException("what has that name is not a socket");
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        probe.Blocking = false;
        try
        {
            probe.Connect(EndPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            Unbind();
            return;
        }
        catch (SocketException)
        {
            // It listens, and is too busy to take us.
        }

        throw new IOException("another agent answers there");
    }

    private static SafeFileHandle? TryOpen(string folder, out int error)
    {
        var how = new LibC.OpenHow { Flags = (ulong)(LibC.O_PATH | LibC.O_DIRECTORY | LibC.O_CLOEXEC), Resolve = LibC.RESOLVE_NO_SYMLINKS };
        var fd = (int)LibC.syscall(LibC.SYS_openat2, LibC.AT_FDCWD, folder, &how, (nuint)sizeof(LibC.OpenHow));
        error = fd < 0 ? Marshal.GetLastPInvokeError() : 0;
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    private static SafeFileHandle Must(SafeFileHandle? handle, string folder, int error) => handle ?? throw Failed(folder, error);

    private static IOException Failed(string folder, int error) => new(error == LibC.ELOOP
        ? $"{folder} is behind a symbolic link: write the path that it leads to"
        : $"{folder}: {Marshal.GetPInvokeErrorMessage(error)}");

    private static bool IsPrivate(SafeFileHandle folder)
    {
        LibC.Statx stat;
        return LibC.statx((int)folder.DangerousGetHandle(), "", LibC.AT_EMPTY_PATH, LibC.STATX_BASIC_AND_BTIME, &stat) == 0
            && stat.Uid == LibC.geteuid() && (stat.Mode & WritableByOthers) == 0;
    }
}
