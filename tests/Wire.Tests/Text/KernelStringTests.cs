using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Wire.Text;

namespace Wire.Tests.Text;

public sealed class KernelStringTests
{
    [Fact]
    public void Every_byte_string_comes_back_unchanged() => Prop
        .ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Bytes(KernelString.FromBytes(bytes)).AsSpan().SequenceEqual(bytes))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Every_pair_of_bytes_comes_back_unchanged_and_has_a_text_of_its_own()
    {
        var texts = new HashSet<string>();
        for (var pair = 0; pair <= 0xFFFF; pair++)
        {
            byte[] bytes = [(byte)(pair >> 8), (byte)pair];
            var text = KernelString.FromBytes(bytes);
            Assert.Equal(bytes, Bytes(text));
            Assert.True(texts.Add(text));
        }
    }

    [Theory]
    [InlineData("2F746D702F61", "/tmp/a")]
    [InlineData("C3A4E282ACF09F9A80", "ä€🚀")]
    [InlineData("61FF62", @"a\uDCFFb")]
    [InlineData("C3", @"\uDCC3")]
    [InlineData("E282", @"\uDCE2\uDC82")]
    [InlineData("C0AF", @"\uDCC0\uDCAF")]
    [InlineData("EDB080", @"\uDCED\uDCB0\uDC80")]
    [InlineData("F4908080", @"\uDCF4\uDC90\uDC80\uDC80")]
    [InlineData("00", "\0")]
    [InlineData("EFBBBF61", "\uFEFFa")]
    public void Bytes_have_exactly_this_text(string hex, string text)
    {
        // A lone surrogate does not survive in an attribute, its escape does.
        Assert.Equal(Regex.Unescape(text), KernelString.FromBytes(Convert.FromHexString(hex)));
        Assert.Equal(hex, Convert.ToHexString(Bytes(Regex.Unescape(text))));
    }

    [Fact]
    public void Valid_text_has_the_bytes_of_UTF_8() => Prop
        .ForAll(ArbMap.Default.ArbFor<UnicodeString>(), text =>
        {
            var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get ?? ""));
            return Bytes(valid).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(valid));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDC7F)]
    [InlineData(0xDD00)]
    public void A_lone_surrogate_that_stands_for_no_byte_becomes_the_replacement_character(int surrogate) =>
        Assert.Equal("61EFBFBD62", Convert.ToHexString(Bytes($"a{(char)surrogate}b")));

    [Fact]
    public void A_destination_that_might_be_too_short_is_refused() =>
        Assert.Throws<ArgumentException>(() => KernelString.GetBytes("ab", new byte[5]));

    private static byte[] Bytes(string text)
    {
        var bytes = new byte[KernelString.GetMaxByteCount(text)];
        return bytes[..KernelString.GetBytes(text, bytes)];
    }
}
