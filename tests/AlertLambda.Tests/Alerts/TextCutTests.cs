using AlertLambda.Alerts;

namespace AlertLambda.Tests.Alerts;

public sealed class TextCutTests
{
    [Fact]
    public void Text_within_the_limit_is_left_alone() => Assert.Equal("a\nb", TextCut.Lines("a\nb", 3, "(cut)"));

    [Fact]
    public void Longer_text_loses_whole_lines_and_says_so() => Assert.Equal("äb\n(cut)", TextCut.Lines("äb\ncdefgh\ni", 10, "(cut)"));
}
