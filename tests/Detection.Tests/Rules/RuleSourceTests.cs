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
    [InlineData("")]
    [InlineData("a: \u00f6\n")]
    [InlineData("\uff21: b\n")]
    [InlineData("\0\0a")]
    public void Without_a_mark_it_is_read_as_utf_8(string text) => Assert.Equal(text, RuleSource.Of("x", Encoding.UTF8.GetBytes(text)).Text);
}
