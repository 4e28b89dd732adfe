using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using EdgeAgent.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Spool;

/// <summary>Says that a spool is in use. The kernel takes it back when the process ends, however that ends.</summary>
internal sealed class SpoolLock : IDisposable
{
    private const int OwnerOnly = 0x180;
    private readonly SafeFileHandle _handle;

    private SpoolLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Takes the lock of a folder, which is made where it is missing.</summary>
    /// <exception cref="SpoolInUseException">Another process has it.</exception>
    /// <exception cref="IOException">The folder or the file cannot be made or opened.</exception>
    internal static SpoolLock Take(string folder)
    {
        SpoolFiles.MakeFolder(folder);
        var path = Path.Combine(folder, "lock");
        var handle = OpenFile(path, out var canSign);
        if (LibC.flock(handle, LibC.LOCK_EX | LibC.LOCK_NB) == 0)
        {
            if (canSign)
            {
                Sign(handle);
            }

            return new SpoolLock(handle);
        }

        var error = Marshal.GetLastPInvokeError();
        using (handle)
        {
            throw error == LibC.EAGAIN
                ? new SpoolInUseException(folder, ReadOwner(handle))
                : new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>Without .NET's own lock, which would be in the way. On a read-only disk the file that is there will do.</summary>
    private static SafeFileHandle OpenFile(string path, out bool canSign)
    {
        var descriptor = LibC.open(path, LibC.O_RDWR | LibC.O_CREAT | LibC.O_CLOEXEC, OwnerOnly);
        canSign = descriptor >= 0;
        if (!canSign)
        {
            var error = Marshal.GetLastPInvokeError();
            descriptor = LibC.open(path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
            if (descriptor < 0)
            {
                throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
            }
        }

        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>For people only; a disk that does not take it will be noticed where it matters.</summary>
    private static void Sign(SafeFileHandle handle)
    {
        try
        {
            RandomAccess.SetLength(handle, 0);
            RandomAccess.Write(handle, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)), 0);
        }
        catch (IOException)
        {
            // The lock holds all the same.
        }
    }

    private static int? ReadOwner(SafeFileHandle handle)
    {
        var text = new byte[16];
        var read = RandomAccess.Read(handle, text, 0);
        return int.TryParse(text.AsSpan(0, read), NumberStyles.None, CultureInfo.InvariantCulture, out var owner) ? owner : null;
    }
}
