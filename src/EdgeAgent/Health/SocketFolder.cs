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

    /// <summary>Binds the socket to its name, for this user only; what a dead agent left there is removed first.</summary>
    /// <exception cref="IOException">An agent answers there, or something else has the name.</exception>
    internal void Bind(Socket socket)
    {
        RemoveStale();
        try
        {
            socket.Bind(EndPoint);

            // Nobody can connect before it listens.
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
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
