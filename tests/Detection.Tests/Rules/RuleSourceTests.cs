using System.Text;
using Detection.Rules;

namespace Detection.Tests.Rules;

/// <summary>Bytes of files as texts.</summary>
public sealed class RuleSourceTests
{
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void The_mark_of_a_file_says_its_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        Assert.Equal("a: \u00f6\n", RuleSource.Of("x", [.. encoding.GetPreamble(), .. encoding.GetBytes("a: \u00f6\n")]).Text);
    }

    [Theory]
    [InlineData("title: x\nimage: m\u00fcller\n", 2, 9, "FC")]
    [InlineData("\u00fc", 1, 1, "FC")]
    public void A_file_that_is_not_utf_8_is_refused_as_a_whole_with_the_place_of_the_first_wrong_byte(string text, int line, int column, string value)
    {
        foreach (var before in new byte[][] { [], [0xEF, 0xBB, 0xBF] })
        {
            var refused = Assert.Single(RuleLoader.Load([RuleSource.Of("x", [.. before, .. Encoding.Latin1.GetBytes(text)])]).Refused);

            Assert.Equal(("x", line, column), (refused.File, refused.Line, refused.Column));
            Assert.Contains("not UTF-8: byte " + value, refused.Reason, StringComparison.Ordinal);
            Assert.Contains("UTF-8", refused.WayOut, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: \u00f6\n")]
    [InlineData("\uff21: b\n")]
    [InlineData("\0\0a")]
    public void Without_a_mark_it_is_read_as_utf_8(string text) => Assert.Equal(text, RuleSource.Of("x", Encoding.UTF8.GetBytes(text)).Text);
}
