using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Spool;

/// <summary>The calls on files that a spool needs. What goes wrong is an <see cref="IOException"/>.</summary>
internal static class SpoolFiles
{
    /// <summary>Opens a file for this user only, unbuffered and without .NET's own locks.</summary>
    internal static SafeFileHandle Open(string path, FileMode mode, FileAccess access)
    {
        try
        {
            if (mode is FileMode.Open)
            {
                return File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
            }

            using var made = new FileStream(path, new FileStreamOptions
            {
                Mode = mode, Access = access, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }

        return File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Makes the folder for this user only.</summary>
    internal static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Writes all of it there.</summary>
    internal static void Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Gives a file another's name, whose content is gone then.</summary>
    internal static void Replace(string path, string replaced)
    {
        try
        {
            File.Move(path, replaced, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>fdatasync: the content, and of the rest what is needed to find it.</summary>
    internal static void Sync(SafeFileHandle handle)
    {
        if (LibC.fdatasync(handle) != 0)
        {
            throw Fault("");
        }
    }

    /// <summary>Makes the names of new files last.</summary>
    internal static void SyncFolder(string folder)
    {
        var descriptor = LibC.open(folder, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (descriptor < 0)
        {
            throw Fault($"{folder}: ");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (LibC.fsync(handle) != 0)
        {
            throw Fault($"{folder}: ");
        }
    }

    /// <summary>Shortens a file.</summary>
    /// <returns>False when that is refused.</returns>
    internal static bool TryCut(SafeFileHandle handle, long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IOException Fault(string place)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{place}{Marshal.GetPInvokeErrorMessage(error)}", error);
    }
}
