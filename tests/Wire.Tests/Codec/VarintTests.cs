using Wire.Codec;

namespace Wire.Tests.Codec;

/// <summary>Numbers at every length boundary, against literal bytes and back.</summary>
public sealed class VarintTests
{
    public static TheoryData<ulong, string> Boundaries => new()
    {
        { 0, "00" },
        { 1, "01" },
        { 0x7F, "7F" },
        { 0x80, "8001" },
        { 300, "AC02" },
        { 0x3FFF, "FF7F" },
        { 0x4000, "808001" },
        { 0x1F_FFFF, "FFFF7F" },
        { 0x20_0000, "80808001" },
        { 0xFFF_FFFF, "FFFFFF7F" },
        { 0x1000_0000, "8080808001" },
        { uint.MaxValue, "FFFFFFFF0F" },
        { 0x7_FFFF_FFFF, "FFFFFFFF7F" },
        { 0x8_0000_0000, "808080808001" },
        { 0x3FF_FFFF_FFFF, "FFFFFFFFFF7F" },
        { 0x400_0000_0000, "80808080808001" },
        { 0x1_FFFF_FFFF_FFFF, "FFFFFFFFFFFF7F" },
        { 0x2_0000_0000_0000, "8080808080808001" },
        { 0xFF_FFFF_FFFF_FFFF, "FFFFFFFFFFFFFF7F" },
        { 0x100_0000_0000_0000, "808080808080808001" },
        { long.MaxValue, "FFFFFFFFFFFFFFFF7F" },
        { 1ul << 63, "80808080808080808001" },
        { ulong.MaxValue, "FFFFFFFFFFFFFFFFFF01" },
    };

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void A_number_has_exactly_these_bytes(ulong value, string hex)
    {
        var writer = new WireWriter();
        writer.WriteVarint(value);
        Assert.Equal(hex, Convert.ToHexString(writer.Written));

        var error = default(FrameError);
        var reader = new WireReader(writer.Written, 0, writer.Length, ref error);
        Assert.Equal(value, reader.ReadVarint());
        Assert.True(reader.AtEnd);
        Assert.Equal(FrameErrorKind.None, error.Kind);
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(long.MaxValue, "FEFFFFFFFFFFFFFFFF01")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void A_signed_number_has_exactly_these_bytes(long value, string hex)
    {
        var writer = new WireWriter();
        writer.WriteSigned(value);
        Assert.Equal(hex, Convert.ToHexString(writer.Written));

        var error = default(FrameError);
        Assert.Equal(value, new WireReader(writer.Written, 0, writer.Length, ref error).ReadSigned());
    }

    [Theory]
    [InlineData("", "cut off")]
    [InlineData("80", "cut off")]
    [InlineData("FFFFFFFFFFFFFFFFFF", "cut off")]
    [InlineData("8000", "longer than need be")]
    [InlineData("FF8000", "longer than need be")]
    [InlineData("8080808080808080808000", "exceeds 64 bits")]
    [InlineData("FFFFFFFFFFFFFFFFFF02", "exceeds 64 bits")]
    [InlineData("FFFFFFFFFFFFFFFFFF7F", "exceeds 64 bits")]
    public void A_number_in_another_form_is_refused_with_its_offset(string hex, string fault)
    {
        var bytes = Convert.FromHexString("AAAA" + hex);
        var error = default(FrameError);
        Assert.Equal(0ul, new WireReader(bytes, 2, bytes.Length, ref error).ReadVarint());
        Assert.Equal((FrameErrorKind.Malformed, 2), (error.Kind, error.Offset));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void The_checksum_has_its_published_values(string text, uint expected) =>
        Assert.Equal(expected, Checksum.Of(System.Text.Encoding.ASCII.GetBytes(text)));
}
