using System.Buffers;

namespace EdgeAgent.Spool;

/// <summary>What a segment of an earlier life holds.</summary>
/// <param name="Records">In the order of the file; where the frame is damaged but its header is whole, not intact.</param>
/// <param name="Damages">Bytes that are no intact record, for which something that is may follow.</param>
/// <param name="TornAt">Where a last record begins that was never written whole; null = there is none.</param>
internal sealed record SegmentScan(IReadOnlyList<ScannedRecord> Records, IReadOnlyList<Damage> Damages, long? TornAt)
{
    /// <summary>More than a segment can have: a file that is larger is not ours.</summary>
    internal const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static SegmentScan Of(Segment segment)
    {
        var length = (int)Math.Min(segment.Length, MaxBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return segment.Read(0, buffer.AsSpan(0, length)) ? Of(buffer.AsSpan(0, length)) : new SegmentScan([], [], 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads the content of a file.</summary>
    internal static SegmentScan Of(ReadOnlySpan<byte> bytes)
    {
        var (records, damages) = (new List<ScannedRecord>(), new List<Damage>());
        for (var at = 0; at < bytes.Length;)
        {
            var isRecord = RecordFormat.TryRead(bytes[at..], out var header);
            var isWhole = isRecord && header.RecordBytes <= bytes.Length - at;
            var next = isWhole ? at + header.RecordBytes : NextRecord(bytes, at + 1);
            if (next < 0)
            {
                if (isRecord || IsBegunOrEmpty(bytes[at..]))
                {
                    return new SegmentScan(records, damages, at);
                }

                next = bytes.Length;
            }

            var isIntact = isWhole && header.Fits(bytes[(at + header.HeaderBytes)..next]);
            if (isRecord)
            {
                records.Add(new ScannedRecord(header, at, isIntact));
            }

            if (!isIntact)
            {
                damages.Add(new Damage(at, next - at, isRecord ? header.Facts : null));
            }

            at = next;
        }

        return new SegmentScan(records, damages, null);
    }

    private static int NextRecord(ReadOnlySpan<byte> bytes, int from)
    {
        while (from < bytes.Length)
        {
            var found = bytes[from..].IndexOf(RecordFormat.Magic);
            if (found < 0 || RecordFormat.TryRead(bytes[(from + found)..], out _))
            {
                return found < 0 ? -1 : from + found;
            }

            from += found + 1;
        }

        return -1;
    }

    /// <summary>A header that was begun, or the zeros that a file system leaves after a loss of power.</summary>
    private static bool IsBegunOrEmpty(ReadOnlySpan<byte> bytes)
    {
        var magic = RecordFormat.Magic[..Math.Min(bytes.Length, RecordFormat.Magic.Length)];
        return !bytes.ContainsAnyExcept((byte)0) || (bytes.Length < RecordFormat.FixedBytes && bytes.StartsWith(magic));
    }
}

/// <summary>A record that was found.</summary>
internal readonly record struct ScannedRecord(RecordHeader Header, long Offset, bool IsIntact);

/// <summary>Bytes that are no intact record.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="Length">How many.</param>
/// <param name="Facts">What they were, where the header is whole.</param>
internal readonly record struct Damage(long Offset, long Length, BatchFacts? Facts);
