using System.Buffers;
using System.Buffers.Binary;
using Wire.Model;

namespace Wire.Codec;

/// <summary>
/// Turns frames into bytes; <see cref="FrameDecoder"/> is its mirror, method for method. The format stands in
/// <c>docs/wire-format.md</c>. The same frame always gives the same bytes.
/// </summary>
/// <remarks>
/// Not thread-safe. Meant to be kept and reused: it holds its buffers and tables (a few times the largest frame so far), so
/// that encoding allocates nothing per event. It also holds the last frame until the next one, and strings of earlier frames up to some 64 Ki characters.
/// </remarks>
/// <param name="room">Bytes that a frame must leave of <see cref="FrameFormat.MaxFrameBytes"/>, for a link that is added later (<see cref="FrameLink"/>).</param>
/// <param name="packs">
/// True: frames are made short. They refer to well-known strings (<see cref="FrameFlags.WellKnown"/>), and are packed (<see cref="FrameFlags.Compressed"/>)
/// where that saves enough. Then the bytes depend on the version of Brotli too.
/// </param>
public sealed partial class FrameEncoder(int room = 0, bool packs = false)
{
    /// <summary>Ancestors that are always carried, even where all of them would not fit into a frame.</summary>
    public const int ShortLineage = 16;

    private readonly WireWriter _fields = new();
    private readonly WireWriter _nested = new();
    private readonly WireWriter _entry = new();
    private readonly WireWriter _count = new(16);
    private Frame _frame = null!;

    /// <summary>Encodes <paramref name="frame"/>.</summary>
    /// <returns>The bytes of one Kinesis record, at most <see cref="FrameFormat.MaxFrameBytes"/>.</returns>
    /// <exception cref="ArgumentException">The frame contradicts itself (an event of another host, outside the range …), or is too large.</exception>
    public byte[] Encode(Frame frame)
    {
        var size = Write(frame);
        if (size == 0)
        {
            throw new ArgumentException($"{frame.Events.Count} events do not fit into one frame: split them", nameof(frame));
        }

        var bytes = new byte[size];
        Assemble(bytes);
        return bytes;
    }

    /// <summary>Encodes <paramref name="frame"/> to <paramref name="output"/>, or says that it is too large for one frame.</summary>
    /// <returns>
    /// False, with nothing written, when the events have to be divided over several frames. Never false for a single event
    /// within the sensor's limits: where its whole lineage does not fit, the oldest ancestors are cut and the cut is marked.
    /// </returns>
    /// <exception cref="ArgumentException">The frame contradicts itself.</exception>
    public bool TryEncode(Frame frame, IBufferWriter<byte> output)
    {
        var size = Write(frame);
        if (size > 0)
        {
            Assemble(output.GetSpan(size)[..size]);
            output.Advance(size);
        }

        return size > 0;
    }

    // Fills the fields; returns the frame's size, or 0 when it exceeds a limit.
    private int Write(Frame frame)
    {
        FrameRules.ThrowIfBroken(frame);
        _frame = frame;
        var size = Write(ProcessNode.MaxLineage);
        return Pack(size == 0 && frame.Events.Count == 1 ? Write(ShortLineage) : size);
    }

    private int Write(int maxLineage)
    {
        ClearTables(maxLineage);
        var fits = _frame.Lost.Count <= FrameFormat.MaxLostRanges && WriteEvents();

        _fields.Clear();
        WriteHost();
        WriteRange();
        WriteLost();
        WriteTables();
        WriteTable(FrameField.Events, _frame.Events.Count, _events);
        WriteProgress();
        WriteHeartbeat();
        WritePrevious();
        var size = FrameFormat.PrefixBytes + _fields.Length + FrameFormat.ChecksumBytes;
        return fits && size <= FrameFormat.MaxFrameBytes - room ? size : 0;
    }

    private void Assemble(Span<byte> bytes)
    {
        FrameFormat.Magic.CopyTo(bytes);
        bytes[FrameFormat.VersionOffset] = FrameFormat.FormatVersion;
        bytes[FrameFormat.FlagsOffset] = (byte)((_packedLength > 0 ? FrameFlags.Compressed : FrameFlags.None) | (packs ? FrameFlags.WellKnown : FrameFlags.None));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[FrameFormat.LengthOffset..], bytes.Length);
        if (_packedLength > 0)
        {
            AssemblePacked(bytes[FrameFormat.PrefixBytes..]);
        }
        else
        {
            _fields.Written.CopyTo(bytes[FrameFormat.PrefixBytes..]);
        }

        var checksum = bytes[^FrameFormat.ChecksumBytes..];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum.Of(bytes[..^FrameFormat.ChecksumBytes]));
    }

    private void WriteHost()
    {
        var host = _frame.Host;
        Span<byte> bootId = stackalloc byte[16];
        host.BootId.TryWriteBytes(bootId, bigEndian: true, out _);
        _fields.WriteTextUnless("", FrameField.HostId, host.HostId);
        _fields.WriteField(FrameField.BootId, bootId);
        _fields.WriteTextUnless("", FrameField.HostName, host.HostName);
        if (host.Cloud is { } cloud)
        {
            _nested.Clear();
            _nested.WriteTextUnless("", CloudField.AccountId, cloud.AccountId);
            _nested.WriteTextUnless("", CloudField.AvailabilityZone, cloud.AvailabilityZone);
            _nested.WriteTextUnless(UsualValues.Region(cloud.AvailabilityZone), CloudField.Region, cloud.Region);
            _nested.WriteTextUnless(host.HostId, CloudField.InstanceId, cloud.InstanceId);
            _nested.WriteTextUnless("", CloudField.InstanceType, cloud.InstanceType);
            _fields.WriteField(FrameField.Cloud, _nested.Written);
        }
    }

    private void WriteRange()
    {
        _fields.WriteField(FrameField.Lane, (ulong)_frame.Lane);
        _fields.WriteField(FrameField.RangeFirst, _frame.Range.First);
        _fields.WriteField(FrameField.RangeCount, _frame.Range.Count);
        _fields.WriteField(FrameField.BootTime, WireWriter.ZigZag(_frame.BootTimeUnixNs));
    }

    private void WriteLost()
    {
        _nested.Clear();
        var next = _frame.Range.First;
        for (var i = 0; i < _frame.Lost.Count; i++)
        {
            var (range, cause) = _frame.Lost[i];
            _nested.WriteVarint(range.First - next);
            _nested.WriteVarint(range.Count - 1);
            _nested.WriteVarint((ulong)cause);
            next = range.Last + 1;
        }

        if (_frame.Lost.Count > 0)
        {
            WriteTable(FrameField.Lost, _frame.Lost.Count, _nested);
        }
    }

    private void WriteProgress()
    {
        _nested.Clear();
        for (var i = 0; i < _frame.Progress.Count; i++)
        {
            var (lane, last, untilBootNs) = _frame.Progress[i];
            _nested.WriteVarint((ulong)lane);
            _nested.WriteVarint(last);
            _nested.WriteVarint(untilBootNs);
        }

        WriteTableUnlessEmpty(FrameField.Progress, _frame.Progress.Count, _nested);
    }

    private void WritePrevious()
    {
        if (_frame.Previous is { } previous)
        {
            Span<byte> digest = stackalloc byte[FrameDigest.Length];
            previous.Write(digest);
            _fields.WriteField(FrameField.Previous, digest);
        }
    }

    // A block of a count and that many entries, which stand in `entries` already.
    private void WriteTable(uint id, int count, WireWriter entries)
    {
        _count.Clear();
        _count.WriteVarint((ulong)count);
        _fields.WriteVarint((id << 1) | 1);
        _fields.WriteVarint((ulong)(_count.Length + entries.Length));
        _fields.WriteRaw(_count.Written);
        _fields.WriteRaw(entries.Written);
    }
}
