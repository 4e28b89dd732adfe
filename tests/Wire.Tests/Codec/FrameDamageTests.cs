using Wire.Codec;

namespace Wire.Tests.Codec;

/// <summary>Broken frames only: each is refused, with the right kind where one can tell, and nothing is thrown.</summary>
public sealed class FrameDamageTests
{
    private static readonly byte[] Whole = new FrameEncoder().Encode(GoldenFrames.All["every-kind"]);

    [Fact]
    public void A_frame_cut_at_any_length_is_truncated()
    {
        for (var length = 0; length < Whole.Length; length++)
        {
            Assert.False(FrameDecoder.TryDecode(Whole.AsSpan(0, length), out _, out var error));
            Assert.Equal((FrameErrorKind.Truncated, length), (error.Kind, error.Offset));
        }
    }

    [Fact]
    public void A_frame_with_any_one_bit_flipped_is_refused()
    {
        for (var bit = 0; bit < Whole.Length * 8; bit++)
        {
            var damaged = (byte[])Whole.Clone();
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
    [InlineData(0x01)]
    [InlineData(0x80)]
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
