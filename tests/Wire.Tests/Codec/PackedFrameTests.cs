using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Codec;
using Wire.Text;

namespace Wire.Tests.Codec;

/// <summary>Frames whose fields are packed: what goes in comes out, and no lie about them costs more than a plain one.</summary>
public sealed class PackedFrameTests
{
    private const byte Compressed = (byte)FrameFlags.Compressed;

    private static readonly byte[] Plain = new FrameEncoder().Encode(SampleTraffic.Frame(100));

    [Fact]
    public void Any_frame_comes_back_from_an_encoder_that_packs()
    {
        var dice = Gen.Choose(0, 255).Select(die => (byte)die).ArrayOf(6_000).ToArbitrary();
        var (encoder, packed) = (new FrameEncoder(packs: true), 0);
        Prop.ForAll(dice, bytes =>
            {
                var frame = RandomFrame.Of(bytes);
                var encoded = encoder.Encode(frame);
                packed += encoded[FrameFormat.FlagsOffset] & Compressed;
                return FrameDecoder.TryDecode(encoded, out var decoded, out _) && FrameText.Of(decoded) == FrameText.Of(frame);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
        Assert.InRange(packed, 1, 300);
    }

    [Fact]
    public void Any_fields_can_be_packed_by_someone_else() => Prop
        .ForAll(ArbMap.Default.ArbFor<byte[]>(), dice =>
        {
            var frame = RandomFrame.Of(dice);
            var bytes = Packed(FrameSurgery.Body(new FrameEncoder().Encode(frame)));
            return FrameDecoder.TryDecode(bytes, out var decoded, out _) && FrameText.Of(decoded) == FrameText.Of(frame);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData(0, false)]
    [InlineData(25, true)]
    [InlineData(200, true)]
    [InlineData(2_000, true)]
    public void Only_what_is_large_enough_is_packed(int events, bool isPacked)
    {
        var frame = SampleTraffic.Frame(events);
        var (plain, bytes) = (new FrameEncoder().Encode(frame), new FrameEncoder(packs: true).Encode(frame));

        Assert.Equal(isPacked, (bytes[FrameFormat.FlagsOffset] & Compressed) != 0);
        Assert.InRange(bytes.Length, 1, isPacked ? plain.Length * 7 / 8 : plain.Length);
    }

    [Fact]
    public void What_packing_makes_no_smaller_stays_as_it_is()
    {
        var random = new Random(1);
        var frame = Some.Frame([.. Enumerable.Range(1, 20).Select(i =>
            Some.FileOpen(KernelString.FromBytes([.. Enumerable.Range(0, 400).Select(_ => (byte)random.Next(1, 256))]), sequence: (ulong)i))]);
        var bytes = new FrameEncoder(packs: true).Encode(frame);

        Assert.InRange(bytes.Length, 2_000, 10_000);
        Assert.Equal((byte)FrameFlags.WellKnown, bytes[FrameFormat.FlagsOffset]);
    }

    [Fact]
    public void An_encoder_that_packs_allocates_nothing_for_an_event()
    {
        var (encoder, output) = (new FrameEncoder(packs: true), new System.Buffers.ArrayBufferWriter<byte>(1 << 20));
        var frame = SampleTraffic.Frame(1_000);
        Encode();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Encode();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);

        void Encode()
        {
            output.ResetWrittenCount();
            Assert.True(encoder.TryEncode(frame, output));
        }
    }

    [Fact]
    public void Fields_after_the_packed_ones_are_read_and_unknown_ones_passed_over()
    {
        var fields = FrameSurgery.Fields(Plain);
        var events = fields[FrameField.Events];
        fields.Remove(FrameField.Events);
        var bytes = Packed([.. fields.SelectMany(field => field.Value)], then: [.. events, .. FrameSurgery.Block(63, w => w.WriteRaw(new byte[16]))]);

        Assert.True(FrameDecoder.TryDecode(bytes, out var frame, out var error), error.ToString());
        Assert.Equal(100, frame.Events.Count);
    }

    [Fact]
    public void Fields_after_the_packed_ones_must_have_ids_above_theirs() =>
        Refused(Packed(FrameSurgery.Body(Plain), then: FrameSurgery.Fields(Plain)[FrameField.Events]), FrameErrorKind.Malformed, "ids must ascend");

    [Fact]
    public void A_frame_of_packed_fields_without_events_is_refused() =>
        Refused(Packed(FrameSurgery.Fields(Plain)[FrameField.HostId]), FrameErrorKind.Malformed, "no events field");

    [Fact]
    public void A_fault_inside_is_told_with_its_kind_its_place_inside_and_that_of_the_block()
    {
        var fields = FrameSurgery.Fields(Plain);
        fields[FrameField.Files] = FrameSurgery.Block(FrameField.Files, w => w.WriteVarint(FrameFormat.MaxTableEntries + 1));
        byte[] body = [.. fields.SelectMany(field => field.Value)];
        var error = Refused(Packed(body), FrameErrorKind.TooLarge, "more than the 65536 a frame may have (byte ");
        Assert.Equal(12, error.Offset);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-1000)]
    [InlineData(1000)]
    public void The_length_said_must_be_that_of_the_fields(int lie)
    {
        var body = FrameSurgery.Body(Plain);
        Refused(Packed(body, said: (ulong)(body.Length + lie)), FrameErrorKind.Malformed, "the packed fields are not");
    }

    [Theory]
    [InlineData((ulong)FrameFormat.MaxFrameBytes + 1)]
    [InlineData(1ul << 31)]
    [InlineData(ulong.MaxValue)]
    public void A_length_beyond_the_limit_is_refused_before_it_is_believed(ulong said)
    {
        var bytes = Packed(FrameSurgery.Body(Plain), said: said);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(10, Refused(bytes, FrameErrorKind.TooLarge, "when unpacked").Offset);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(FrameFormat.MaxFrameBytes)]
    public void A_bomb_does_not_go_off(int said)
    {
        // 256 MiB of zeros in a few hundred bytes.
        using var stream = new MemoryStream();
        using (var brotli = new BrotliStream(stream, new BrotliCompressionOptions { Quality = 5 }, leaveOpen: true))
        {
            for (var i = 0; i < 256; i++)
            {
                brotli.Write(new byte[1 << 20]);
            }
        }

        var bytes = Sealed((ulong)said, stream.ToArray(), []);
        Assert.InRange(bytes.Length, 0, 10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bytes, FrameErrorKind.Malformed, "the packed fields are not");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * FrameFormat.MaxFrameBytes);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    [InlineData(24, false)]
    [InlineData(10, true)]
    [InlineData(15, true)]
    public void A_window_larger_than_all_fields_is_refused(int windowBits, bool isTaken)
    {
        // An encoder takes a smaller window where the data is small; large data keeps it.
        var body = FrameSurgery.Body(new FrameEncoder().Encode(SampleTraffic.Frame(40_000)));
        Assert.Equal(isTaken, FrameDecoder.TryDecode(Packed(body, windowBits: windowBits), out _, out var error));
        Assert.Equal(isTaken ? FrameErrorKind.None : FrameErrorKind.Malformed, error.Kind);
    }

    [Fact]
    public void What_follows_the_stream_in_its_block_is_refused()
    {
        var body = FrameSurgery.Body(Plain);
        Refused(Sealed((ulong)body.Length, [.. Brotli(body), 0], []), FrameErrorKind.Malformed, "the packed fields are not");
    }

    [Fact]
    public void A_stream_cut_anywhere_is_refused()
    {
        var body = FrameSurgery.Body(Plain);
        var packed = Brotli(body);
        for (var length = 0; length < packed.Length; length++)
        {
            Refused(Sealed((ulong)body.Length, packed[..length], []), FrameErrorKind.Malformed, "the packed fields are not");
        }
    }

    private static FrameError Refused(byte[] bytes, FrameErrorKind kind, string words)
    {
        Assert.False(FrameDecoder.TryDecode(bytes, out _, out var error));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Offset, 10, bytes.Length - 4);
        return error;
    }

    private static byte[] Packed(byte[] body, byte[]? then = null, ulong? said = null, int windowBits = 18) =>
        Sealed(said ?? (ulong)body.Length, Brotli(body, windowBits), then ?? []);

    private static byte[] Sealed(ulong said, byte[] packed, byte[] then) => FrameSurgery.Seal(
        [.. FrameSurgery.Bytes(w => w.WriteVarint(said)), .. FrameSurgery.Bytes(w => w.WriteBlock(packed)), .. then], Compressed);

    private static byte[] Brotli(byte[] body, int windowBits = 18)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        Assert.True(BrotliEncoder.TryCompress(body, packed, out var length, quality: 5, windowBits));
        return packed[..length];
    }
}
