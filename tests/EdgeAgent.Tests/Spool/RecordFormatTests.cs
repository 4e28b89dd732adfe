using System.Buffers;
using EdgeAgent.Spool;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

public sealed class RecordFormatTests
{
    internal static readonly BatchFacts Facts = new()
    {
        Id = 7, HostId = "i-0abc-ü", BootId = new Guid("0b7e3c1a-5d42-4f0e-9a68-1c2d3e4f5a6b"), BootTimeUnixNs = 1_767_225_600_000_000_000, Lane = Lane.Bulk,
        Range = new SequenceRange(11, 20), LaneFirst = 5, EventCount = 3, FrameBytes = 4, AddedUnixMs = 1_767_225_600_123, IsRepeat = true,
    };

    private static readonly byte[] Frame = [1, 2, 3, 4];

    [Fact]
    public void Header_is_read_as_it_was_written_and_knows_its_frame()
    {
        var bytes = Record(Facts, 3, Frame);
        Assert.True(RecordFormat.TryRead(bytes, out var header));
        Assert.Equal(Facts with { Life = 3 }, header.Facts);
        Assert.Equal(bytes.Length, header.RecordBytes);
        Assert.True(header.Fits(Frame));
        Assert.False(header.Fits([1, 2, 3, 5]));
        Assert.False(header.Fits([1, 2, 3]));
    }

    [Fact]
    public void Range_of_a_frame_that_says_only_still_here_is_kept()
    {
        Assert.True(RecordFormat.TryRead(Record(Facts with { Range = new SequenceRange(8, 7) }, 1, Frame), out var header));
        Assert.Equal(new SequenceRange(8, 7), header.Facts.Range);
    }

    [Fact]
    public void Every_flipped_bit_of_a_header_and_every_end_within_it_is_noticed()
    {
        var bytes = Record(Facts, 3, Frame);
        var header = bytes.Length - Frame.Length;
        for (var bit = 0; bit < header * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(RecordFormat.TryRead(bytes, out _), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < header; length++)
        {
            Assert.False(RecordFormat.TryRead(bytes.AsSpan(0, length), out _), $"{length} bytes");
        }
    }

    internal static byte[] Record(BatchFacts facts, ulong life, byte[] frame)
    {
        var output = new ArrayBufferWriter<byte>();
        RecordFormat.Write(output, facts, life, frame);
        return output.WrittenSpan.ToArray();
    }
}
