using Wire.Codec;

namespace Wire.Tests.Codec;

/// <summary>Broken frames only: each is refused, with the right kind where one can tell, and nothing is thrown.</summary>
public sealed class FrameDamageTests
{
    private static readonly byte[] Whole = new FrameEncoder().Encode(GoldenFrames.All["every-kind"]);

    public static TheoryData<string> Names => GoldenFrames.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_cut_at_any_length_is_truncated(string name)
    {
        var whole = GoldenFrames.Bytes(name);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(FrameDecoder.TryDecode(whole.AsSpan(0, length), out _, out var error));
            Assert.Equal((FrameErrorKind.Truncated, length), (error.Kind, error.Offset));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_with_any_one_bit_flipped_is_refused(string name)
    {
        var whole = GoldenFrames.Bytes(name);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(FrameDecoder.TryDecode(damaged, out var frame, out var error), $"bit {bit}");
            Assert.Null(frame);
            Assert.NotEqual(FrameErrorKind.None, error.Kind);
            if (bit / 8 >= 10)
            {
                Assert.Equal(FrameErrorKind.BadChecksum, error.Kind);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fields_cut_anywhere_in_a_frame_that_is_whole_are_refused_inside_it(string name)
    {
        var whole = GoldenFrames.Bytes(name);
        var body = FrameSurgery.Body(whole);
        var wholeWithLess = 0;
        for (var length = 0; length < body.Length; length++)
        {
            wholeWithLess += IsFrame(FrameSurgery.Seal(body.AsSpan(0, length), whole[FrameFormat.FlagsOffset])) ? 1 : 0;
        }

        // What a frame tells after its events may be absent.
        Assert.True(FrameDecoder.TryDecode(whole, out var frame, out _));
        var afterEvents = (frame.Progress.Count > 0 ? 1 : 0) + (frame.Heartbeat is null ? 0 : 1) + (frame.Previous is null ? 0 : 1);
        Assert.InRange(wholeWithLess, 0, afterEvents);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_flip_of_any_one_bit_that_the_checksum_does_not_show_gives_a_frame_or_a_place_inside_it(string name)
    {
        var whole = GoldenFrames.Bytes(name);
        var body = FrameSurgery.Body(whole);
        var refused = 0;
        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            var damaged = (byte[])body.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            refused += IsFrame(FrameSurgery.Seal(damaged, whole[FrameFormat.FlagsOffset])) ? 0 : 1;
        }

        Assert.InRange(refused, 1, body.Length * 8);
    }

    // True for a frame; a refusal must have a kind, words and a place inside the frame, and neither may take much memory.
    private static bool IsFrame(byte[] bytes)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var isFrame = FrameDecoder.TryDecode(bytes, out var frame, out var error);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.InRange(allocated, 0, FrameFormat.MaxDecodingBytes);
        Assert.Equal(isFrame, error.Kind == FrameErrorKind.None);
        if (isFrame)
        {
            Assert.NotNull(frame);
        }
        else
        {
            Assert.InRange(error.Offset, 0, bytes.Length);
            Assert.NotEmpty(error.Message);
        }

        return isFrame;
    }

    [Fact]
    public void Bytes_after_a_frame_are_refused_with_their_offset()
    {
        Assert.False(FrameDecoder.TryDecode([.. Whole, 0], out _, out var error));
        Assert.Equal((FrameErrorKind.Malformed, Whole.Length), (error.Kind, error.Offset));
    }

    [Theory]
    [InlineData("{\"detail\":1}", FrameErrorKind.NotAFrame)]
    [InlineData("\u001f\u008b", FrameErrorKind.NotAFrame)]
    [InlineData("", FrameErrorKind.Truncated)]
    public void Something_else_is_refused_as_what_it_is(string text, FrameErrorKind kind)
    {
        Assert.False(FrameDecoder.TryDecode(System.Text.Encoding.Latin1.GetBytes(text), out _, out var error));
        Assert.Equal((kind, 0), (error.Kind, error.Offset));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(255)]
    public void Another_version_is_refused_with_its_number(byte version)
    {
        var bytes = (byte[])Whole.Clone();
        bytes[4] = version;
        Assert.False(FrameDecoder.TryDecode(bytes, out _, out var error));
        Assert.Equal((FrameErrorKind.UnknownVersion, 4), (error.Kind, error.Offset));
        Assert.Contains($"version {version},", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x04)]
    [InlineData(0x80)]
    [InlineData(0x81)]
    public void An_unknown_flag_is_refused(byte flags)
    {
        var bytes = FrameSurgery.Seal(FrameSurgery.Body(Whole), flags);
        Assert.False(FrameDecoder.TryDecode(bytes, out _, out var error));
        Assert.Equal((FrameErrorKind.UnknownFlag, 5), (error.Kind, error.Offset));
        Assert.Contains($"unknown flag in 0x{flags:x2}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_claims_more_than_a_record_holds_is_too_large()
    {
        var bytes = (byte[])Whole.Clone();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(6), FrameFormat.MaxFrameBytes + 1);
        Assert.False(FrameDecoder.TryDecode(bytes, out _, out var error));
        Assert.Equal((FrameErrorKind.TooLarge, 6), (error.Kind, error.Offset));
    }
}
