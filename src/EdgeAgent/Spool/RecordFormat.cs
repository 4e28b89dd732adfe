using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Spool;

/// <summary>
/// One record of a segment: a header with its own checksum, the host id, the frame. Numbers lowest byte first. With the header whole, it is
/// known which numbers a damaged frame had.
/// </summary>
/// <remarks>
/// Offset, bytes, what: 0, 4 magic; 4, 2 bytes of the host id; 6, 1 lane; 7, 1 flags; 8, 4 bytes of the frame; 12, 4 events; 16, 8 id; 24, 8
/// first number; 32, 8 count; 40, 8 first number of the lane; 48, 8 when added; 56, 16 boot id; 72, 8 boot time; 80, 8 life; 88, 8 XXH3 of the
/// frame; 96, 8 XXH3 of the header before and the host id; 104 the host id; then the frame.
/// </remarks>
internal static class RecordFormat
{
    /// <summary>Bytes before the host id.</summary>
    internal const int FixedBytes = 104;

    private const int MaxHostIdBytes = 4 * FrameFormat.MaxHostIdLength;

    /// <summary>Most bytes before the frame.</summary>
    internal const int MaxHeaderBytes = FixedBytes + MaxHostIdBytes;

    private const int HashOffset = 96;
    private const byte RepeatFlag = 1;

    /// <summary>First bytes of every record, the last one being the version.</summary>
    internal static ReadOnlySpan<byte> Magic => "ESP1"u8;

    /// <summary>Writes one record.</summary>
    internal static void Write(IBufferWriter<byte> output, BatchFacts facts, ulong life, ReadOnlySpan<byte> frame)
    {
        var hostId = Encoding.UTF8.GetBytes(facts.HostId);
        var bytes = output.GetSpan(FixedBytes + hostId.Length + frame.Length);
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], (ushort)hostId.Length);
        bytes[6] = (byte)facts.Lane;
        bytes[7] = facts.IsRepeat ? RepeatFlag : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], facts.EventCount);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], facts.Id);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], facts.Range.First);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], facts.Range.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[40..], facts.LaneFirst);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], facts.AddedUnixMs);
        facts.BootId.TryWriteBytes(bytes[56..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[72..], facts.BootTimeUnixNs);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[80..], life);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[88..], XxHash3.HashToUInt64(frame));
        hostId.CopyTo(bytes[FixedBytes..]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[HashOffset..], HashOf(bytes, hostId.Length));
        frame.CopyTo(bytes[(FixedBytes + hostId.Length)..]);
        output.Advance(FixedBytes + hostId.Length + frame.Length);
    }

    /// <summary>Reads the header at the beginning of the bytes; the frame need not be there.</summary>
    /// <remarks>
    /// Names that an attacker gave, inside a frame, are never taken for a record: they have no zero bytes, and the length of a frame has one.
    /// </remarks>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = default;
        if (bytes.Length < FixedBytes || !bytes.StartsWith(Magic))
        {
            return false;
        }

        var hostIdBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        var (frameBytes, events) = (BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]));
        var (first, count) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]));
        if (hostIdBytes is 0 or > MaxHostIdBytes || bytes.Length < FixedBytes + hostIdBytes || frameBytes is <= 0 or > FrameFormat.MaxFrameBytes
            || events < 0 || first is 0 or > FrameFormat.MaxSequence || count > FrameFormat.MaxSequence - first + 1
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes[HashOffset..]) != HashOf(bytes, hostIdBytes))
        {
            return false;
        }

        var facts = new BatchFacts
        {
            Id = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            Life = BinaryPrimitives.ReadUInt64LittleEndian(bytes[80..]),
            HostId = Encoding.UTF8.GetString(bytes.Slice(FixedBytes, hostIdBytes)),
            BootId = new Guid(bytes.Slice(56, 16), bigEndian: true),
            BootTimeUnixNs = BinaryPrimitives.ReadInt64LittleEndian(bytes[72..]),
            Lane = (Lane)bytes[6],
            Range = new SequenceRange(first, first + count - 1),
            LaneFirst = BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]),
            EventCount = events,
            FrameBytes = frameBytes,
            AddedUnixMs = BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
            IsRepeat = (bytes[7] & RepeatFlag) != 0,
        };
        header = new RecordHeader(facts, FixedBytes + hostIdBytes, BinaryPrimitives.ReadUInt64LittleEndian(bytes[88..]));
        return true;
    }

    private static ulong HashOf(ReadOnlySpan<byte> bytes, int hostIdBytes)
    {
        var hash = new XxHash3();
        hash.Append(bytes[..HashOffset]);
        hash.Append(bytes.Slice(FixedBytes, hostIdBytes));
        return hash.GetCurrentHashAsUInt64();
    }
}
