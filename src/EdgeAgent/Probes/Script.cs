using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Tells scripts from binaries, as execve(2) does.</summary>
internal static class Script
{
    /// <summary>Whether the path names a regular file that begins with <c>#!</c>; false also when it cannot be read.</summary>
    internal static unsafe bool Is(string path)
    {
        LibC.Statx stat;
        if (LibC.statx(LibC.AT_FDCWD, path, 0, LibC.STATX_BASIC_AND_BTIME, &stat) != 0 || (stat.Mode & LibC.S_IFMT) != LibC.S_IFREG)
        {
            return false;
        }

        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[2];
            return RandomAccess.Read(file, start, 0) == start.Length && start.SequenceEqual("#!"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
