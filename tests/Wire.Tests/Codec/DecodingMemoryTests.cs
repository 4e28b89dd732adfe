using System.IO.Compression;
using Support;
using Wire.Codec;

namespace Wire.Tests.Codec;

/// <summary>Frames made to take much memory, packed and plain: none takes more than the bound.</summary>
public sealed class DecodingMemoryTests
{
    private static readonly byte[] Smallest = GoldenFrames.Bytes("smallest");

    [Fact]
    public void As_many_of_everything_as_fit_stay_within_the_bound()
    {
        var fields = FrameSurgery.Fields(Smallest);
        fields[FrameField.RangeCount] = FrameSurgery.Bytes(w => w.WriteField(FrameField.RangeCount, 1 << 20));
        fields[FrameField.Actors] = Empty(FrameField.Actors, FrameFormat.MaxTableEntries, 1);
        fields[FrameField.Files] = Empty(FrameField.Files, FrameFormat.MaxTableEntries, 1);
        fields[FrameField.Processes] = Empty(FrameField.Processes, FrameFormat.MaxProcesses, 1);
        fields[FrameField.Strings] = FrameSurgery.Block(FrameField.Strings, w =>
        {
            w.WriteVarint(100_000);
            w.WriteVarint(40 << 1);
            w.WriteRaw(new byte[40]);
            for (var i = 1; i < 100_000; i++)
            {
                w.WriteRaw([1, 1, 40]);
            }
        });
        fields[FrameField.Events] = FrameSurgery.Block(FrameField.Events, w =>
        {
            w.WriteVarint(60_000);
            for (var i = 0; i < 60_000; i++)
            {
                w.WriteRaw([2, 4, 0, 0, 0, 0]);
            }
        });
        Assert.True(Decoded(fields, out var allocated), "the frame is sound");
        Assert.InRange(allocated, FrameFormat.MaxDecodingBytes / 4, FrameFormat.MaxDecodingBytes);
    }

    [Fact]
    public void Many_processes_of_one_long_image_do_not_multiply_its_name()
    {
        var fields = FrameSurgery.Fields(Smallest);
        fields[FrameField.Strings] = FrameSurgery.Block(FrameField.Strings, w =>
        {
            w.WriteVarint(1);
            w.WriteVarint(2 * FrameFormat.MaxStringLength);
            w.WriteRawText("/" + new string('a', FrameFormat.MaxStringLength - 1));
        });
        fields[FrameField.Processes] = FrameSurgery.Block(FrameField.Processes, w =>
        {
            w.WriteVarint(FrameFormat.MaxProcesses);
            for (var i = 0; i < FrameFormat.MaxProcesses; i++)
            {
                w.WriteBlock(FrameSurgery.Bytes(entry => entry.WriteField(ProcessField.Image, 1)));
            }
        });
        Assert.True(Decoded(fields, out var allocated), "the frame is sound");
        Assert.InRange(allocated, 0, 32 << 20);
    }

    [Fact]
    public void Many_arguments_stay_within_the_bound()
    {
        var fields = FrameSurgery.Fields(Smallest);
        fields[FrameField.Processes] = FrameSurgery.Block(FrameField.Processes, w =>
        {
            w.WriteVarint(63);
            for (var i = 0; i < 63; i++)
            {
                w.WriteBlock(FrameSurgery.Bytes(entry => entry.WriteField(ProcessField.Arguments, new byte[16_000])));
            }
        });
        Assert.True(Decoded(fields, out var allocated), "the frame is sound");
        Assert.InRange(allocated, 0, 32 << 20);
    }

    [Fact]
    public void Packed_fields_with_plain_ones_behind_them_stay_within_the_bound()
    {
        const int Count = 65_536;
        var fields = FrameSurgery.Fields(Smallest);
        fields[FrameField.RangeCount] = FrameSurgery.Bytes(w => w.WriteField(FrameField.RangeCount, 1 << 20));
        fields[FrameField.Actors] = Empty(FrameField.Actors, Count, 1);
        fields[FrameField.Files] = Empty(FrameField.Files, Count, 1);
        fields[FrameField.Lost] = FrameSurgery.Block(FrameField.Lost, w =>
        {
            w.WriteVarint(58_000);
            for (var i = 0; i < 58_000; i++)
            {
                w.WriteRaw([0, 0, 1]);
            }
        });
        fields[FrameField.Strings] = FrameSurgery.Block(FrameField.Strings, w =>
        {
            w.WriteVarint(Count);
            w.WriteVarint(63 << 1);
            w.WriteRaw([(byte)'/', .. Enumerable.Repeat((byte)0xC3, 62)]);
            for (var i = 1; i < Count; i++)
            {
                w.WriteRaw([1, 1, 63]);
            }
        });
        fields[FrameField.Processes] = FrameSurgery.Block(FrameField.Processes, w =>
        {
            w.WriteVarint(Count);
            for (var i = 0; i < Count; i++)
            {
                w.WriteBlock(FrameSurgery.Bytes(entry =>
                {
                    entry.WriteField(ProcessField.Image, (ulong)(i + 1));
                    entry.WriteField(ProcessField.Arguments, new byte[1]);
                }));
            }
        });
        fields[FrameField.Events] = FrameSurgery.Block(FrameField.Events, w =>
        {
            w.WriteVarint(Count);
            for (var i = 0; i < Count; i++)
            {
                w.WriteRaw([(byte)Wire.Model.EventKind.Call, 8, 0, 0, 0, 0, 0x20, 0, 0x34, 1]);
            }
        });
        var inner = fields.Where(field => field.Key < FrameField.Events).SelectMany(field => field.Value).ToArray();
        var outer = fields.Where(field => field.Key >= FrameField.Events).SelectMany(field => field.Value).ToArray();
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(inner.Length)];
        Assert.True(BrotliEncoder.TryCompress(inner, packed, out var length, quality: 5, window: 18));
        var bytes = FrameSurgery.Seal(
            [
                .. FrameSurgery.Bytes(w => w.WriteVarint((ulong)inner.Length)), .. FrameSurgery.Bytes(w => w.WriteBlock(packed.AsSpan(0, length))), .. outer,
            ],
            (byte)FrameFlags.Compressed);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        FrameDecoder.TryDecode(bytes, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 16 << 20, 96 << 20);
    }

    private static byte[] Empty(uint table, int count, int bytesEach) => FrameSurgery.Block(table, w =>
    {
        w.WriteVarint((ulong)count);
        w.WriteRaw(new byte[count * bytesEach]);
    });

    private static bool Decoded(SortedDictionary<uint, byte[]> fields, out long allocated)
    {
        var bytes = FrameSurgery.Seal(fields);
        Assert.InRange(bytes.Length, 0, FrameFormat.MaxFrameBytes);
        allocated = GC.GetAllocatedBytesForCurrentThread();
        var isFrame = FrameDecoder.TryDecode(bytes, out _, out var error);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(isFrame, error.ToString());
        return isFrame;
    }
}
