using System.Globalization;
using EdgeAgent.Interop;
using Microsoft.Win32.SafeHandles;
using Wire.Model;

namespace EdgeAgent.Spool;

/// <summary>
/// One file of records of one lane. Only the newest of a lane is written to, and only that one is kept open: a spool can have as many files as
/// there were starts during an outage. Appending and syncing is for one thread; reading is for any.
/// </summary>
internal sealed class Segment : IDisposable
{
    private const string Ending = ".segment";
    private readonly SafeFileHandle? _handle;

    private Segment(string path, long number, long length, SafeFileHandle? handle)
    {
        (Path, Number, Length, _handle) = (path, number, length, handle);
        IsSealed = handle is null;
    }

    internal string Path { get; }

    /// <summary>Files are numbered as they are made; the number is never used again while a later file is there.</summary>
    internal long Number { get; }

    /// <summary>Bytes written.</summary>
    internal long Length { get; private set; }

    /// <summary>Records that still wait. Guarded by the spool's lock.</summary>
    internal int Waiting { get; set; }

    /// <summary>True when nothing will be appended any more.</summary>
    internal bool IsSealed { get; private set; }

    /// <summary>Makes a new file.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal static Segment Create(string folder, long number, Lane lane)
    {
        var path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D12}-{(byte)lane}{Ending}"));
        return new Segment(path, number, 0, SpoolFiles.Open(path, FileMode.CreateNew, FileAccess.ReadWrite));
    }

    /// <summary>All files of an earlier life, in the order in which they were made.</summary>
    internal static IEnumerable<Segment> Find(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*" + Ending)
        let name = System.IO.Path.GetFileName(path).Split('-')[0]
        let number = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1
        where number >= 0
        orderby number, path
        select new Segment(path, number, new FileInfo(path).Length, null);

    /// <summary>Appends; what could not be written whole is cut off again.</summary>
    /// <returns>Where it begins.</returns>
    /// <exception cref="IOException">It cannot be written; nothing changed.</exception>
    internal long Append(ReadOnlySpan<byte> record)
    {
        var offset = Length;
        try
        {
            SpoolFiles.Write(_handle!, record, offset);
        }
        catch (IOException)
        {
            // What stays behind if this fails, too, is a torn record: the reader goes on at the next one.
            IsSealed = !SpoolFiles.TryCut(_handle!, offset);
            throw;
        }

        Length = offset + record.Length;
        return offset;
    }

    /// <summary>Fills the buffer from there.</summary>
    /// <returns>False when the file ends before.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal bool Read(long offset, Span<byte> buffer)
    {
        if (_handle is { IsClosed: false } open)
        {
            try
            {
                return ReadFrom(open, offset, buffer);
            }
            catch (ObjectDisposedException)
            {
                // The writer was done with it in this moment.
            }
        }

        using var handle = SpoolFiles.Open(Path, FileMode.Open, FileAccess.Read);
        return ReadFrom(handle, offset, buffer);
    }

    /// <summary>Brings what was appended to the disk.</summary>
    /// <exception cref="IOException">The disk refuses: nobody knows what of it is there.</exception>
    internal void Sync() => SpoolFiles.Sync(_handle!);

    /// <summary>Nothing will be appended any more.</summary>
    internal void Seal() => IsSealed = true;

    /// <summary>Cuts a torn record off.</summary>
    internal void Cut(long length)
    {
        using var handle = SpoolFiles.Open(Path, FileMode.Open, FileAccess.Write);
        RandomAccess.SetLength(handle, length);
        Length = length;
    }

    /// <summary>Removes the file.</summary>
    internal void Delete()
    {
        Dispose();
        File.Delete(Path);
    }

    /// <summary>Nothing will be appended any more, and what was is on disk.</summary>
    public void Dispose()
    {
        IsSealed = true;
        _handle?.Dispose();
    }

    private static bool ReadFrom(SafeFileHandle handle, long offset, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(handle, buffer, offset);
            if (read == 0)
            {
                return false;
            }

            offset += read;
            buffer = buffer[read..];
        }

        return true;
    }
}
