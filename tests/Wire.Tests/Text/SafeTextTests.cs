using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Wire.Text;

namespace Wire.Tests.Text;

public sealed class SafeTextTests
{
    private static readonly UnicodeCategory[] Invisible =
    [
        UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.PrivateUse, UnicodeCategory.OtherNotAssigned,
        UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator, UnicodeCategory.SpaceSeparator,
    ];

    [Theory]
    [InlineData("/etc/shadow", "/etc/shadow")]
    [InlineData("ä€🚀 日本", "ä€🚀 日本")]
    [InlineData("a\u001b[2Jb", @"a\x1b[2Jb")]
    [InlineData("a\nb\r\tc\0", @"a\x0ab\x0d\x09c\x00")]
    [InlineData("\u007f", @"\x7f")]
    [InlineData("\u009b31m", @"\u{9b}31m")]
    [InlineData("\u0085", @"\u{85}")]
    [InlineData("exe.\u202Efdp", @"exe.\u{202e}fdp")]
    [InlineData("\u202A\u202B\u202C\u202D", @"\u{202a}\u{202b}\u{202c}\u{202d}")]
    [InlineData("\u2066\u2067\u2068\u2069\u061C\u200E\u200F", @"\u{2066}\u{2067}\u{2068}\u{2069}\u{61c}\u{200e}\u{200f}")]
    [InlineData("\u200B\u200C\u200D\u2060\uFEFF\u00AD", @"\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}")]
    [InlineData("\u2028\u2029", @"\u{2028}\u{2029}")]
    [InlineData("\u00A0\u2003\u3000", @"\u{a0}\u{2003}\u{3000}")]
    [InlineData("\u3164\u115F\u2800\uFE0F\u034F", @"\u{3164}\u{115f}\u{2800}\u{fe0f}\u{34f}")]
    [InlineData("\U000E0041\U000E0100", @"\u{e0041}\u{e0100}")]
    [InlineData("\uE000\U0010FFFF\uFFFE", @"\u{e000}\u{10ffff}\u{fffe}")]
    [InlineData(@"C:\x1b", @"C:\\x1b")]
    [InlineData("\uD83D\uDC7F", "👿")]
    public void Text_is_shown_as(string text, string shown) => Assert.Equal(shown, SafeText.Escape(text));

    [Theory]
    [InlineData(0xDCFF, @"a\xffb")]
    [InlineData(0xDC80, @"a\x80b")]
    [InlineData(0xDC7F, @"a\u{dc7f}b")]
    [InlineData(0xD83D, @"a\u{d83d}b")]
    public void A_lone_surrogate_is_shown_as(int surrogate, string shown) => Assert.Equal(shown, SafeText.Escape($"a{(char)surrogate}b"));

    [Fact]
    public void A_raw_byte_and_the_control_character_of_its_number_look_different() =>
        Assert.NotEqual(SafeText.Escape("\u0080"), SafeText.Escape(KernelString.FromBytes([0x80])));

    [Fact]
    public void Different_texts_look_different() => Prop
        .ForAll(ArbMap.Default.ArbFor<UnicodeString>(), text => Unescape(SafeText.Escape(text.Get ?? "")) == (text.Get ?? ""))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Every_char_alone_can_be_told_from_all_others()
    {
        var shown = new HashSet<string>();
        for (var c = 0; c <= char.MaxValue; c++)
        {
            Assert.True(shown.Add(SafeText.Escape(((char)c).ToString())), $"U+{c:X4} looks like another");
        }
    }

    [Fact]
    public void Nothing_invisible_is_left()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value) && value != ' ')
            {
                foreach (var rune in SafeText.Escape(new Rune(value).ToString()).EnumerateRunes())
                {
                    if (Invisible.Contains(Rune.GetUnicodeCategory(rune)))
                    {
                        Assert.Fail($"U+{value:X4} is let through");
                    }
                }
            }
        }
    }

    // The inverse that shows the form to be unambiguous.
    private static string Unescape(string shown)
    {
        var text = new StringBuilder();
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i] != '\\')
            {
                text.Append(shown[i]);
            }
            else if (shown[++i] == '\\')
            {
                text.Append('\\');
            }
            else if (shown[i] == 'x')
            {
                var value = int.Parse(shown.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                text.Append((char)(value < 0x80 ? value : 0xDC00 + value));
                i += 2;
            }
            else
            {
                var end = shown.IndexOf('}', i);
                var value = int.Parse(shown.AsSpan(i + 2, end - i - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                text.Append(value is >= 0xD800 and <= 0xDFFF ? ((char)value).ToString() : char.ConvertFromUtf32(value));
                i = end;
            }
        }

        return text.ToString();
    }
}
