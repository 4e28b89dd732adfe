using Detection.Matching;

namespace Detection.Tests.Matching;

public sealed class StringPatternTests
{
    [Fact]
    public void Long_text_with_a_wildcard_takes_memory_of_its_length()
    {
        var text = new string('a', 8_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var pattern = StringPattern.Parse($"{text}*{text}");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 4_000_000);
        Assert.True(pattern.Matches(text + "b" + text));
    }

    [Theory]
    [InlineData(@"a\b", @"a\b")]
    [InlineData(@"a\\b", @"a\b")]
    [InlineData(@"a\\\b", @"a\\b")]
    [InlineData(@"\\\\", @"\\")]
    [InlineData(@"a\", @"a\")]
    [InlineData(@"\%x", @"\%x")]
    [InlineData(@"\*", "*")]
    [InlineData(@"\?", "?")]
    [InlineData(@"\\\*", @"\*")]
    [InlineData("", "")]
    public void Escapes_give_exactly_one_text(string pattern, string text)
    {
        Assert.True(StringPattern.Parse(pattern).Matches(text));
        Assert.False(StringPattern.Parse(pattern).Matches(text + "x"));
        Assert.False(StringPattern.Parse(pattern).Matches("x" + text));
    }

    [Theory]
    [InlineData(@"\*", "x")]
    [InlineData(@"\\\*", @"\x")]
    [InlineData(@"\?", "x")]
    [InlineData(@"\\\\", @"\\\\")]
    public void Escaped_wildcards_are_no_wildcards(string pattern, string text) =>
        Assert.False(StringPattern.Parse(pattern).Matches(text));

    [Theory]
    [InlineData(@"\\*", @"\anything", true)]
    [InlineData(@"\\*", "anything", false)]
    [InlineData(@"\\\\*", @"\\x", true)]
    [InlineData(@"\\\\*", @"\x", false)]
    [InlineData("*", "", true)]
    [InlineData("a*", "a", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbbcd", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a?c", "abbc", false)]
    [InlineData("?", "", false)]
    [InlineData("*?", "x", true)]
    [InlineData("*?", "", false)]
    [InlineData("**a**", "bab", true)]
    [InlineData("*ab?*", "aab", false)]
    [InlineData("*ab?*", "aabab", true)]
    [InlineData("/tmp/?/*.sh", "/tmp/x/run.sh", true)]
    [InlineData("a*?", "a", false)]
    [InlineData("?*a", "a", false)]
    [InlineData("?*a", "ba", true)]
    [InlineData("*a?*?b", "xaab", false)]
    [InlineData("*a?*?b", "xacdb", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("*x*x*", "x", false)]
    public void Wildcards_take_any_run_and_exactly_one(string pattern, string text, bool expected) =>
        Assert.Equal(expected, StringPattern.Parse(pattern).Matches(text));

    [Theory]
    [InlineData("?", "\U0001F600", true)]
    [InlineData("??", "\U0001F600", false)]
    [InlineData("*??", "\U0001F600", false)]
    [InlineData("a*??", "a\U0001F600", false)]
    [InlineData("*?b", "\U0001F600b", true)]
    [InlineData("?*?*?", "\U0001F600\U0001F600", false)]
    public void One_character_is_one_code_point(string pattern, string text, bool expected) =>
        Assert.Equal(expected, StringPattern.Parse(pattern).Matches(text));

    [Fact]
    public void A_byte_that_is_not_utf8_is_one_character() =>
        Assert.True(StringPattern.Parse("a?b").Matches("a" + Wire.Text.KernelString.FromBytes([0x80]) + "b"));

    [Theory]
    [InlineData("AbC", "aBc")]
    [InlineData("Ä?", "äx")]
    [InlineData("É*", "école")]
    [InlineData("*É*Y*", "xécolexy")]
    [InlineData("\U00010400*z?", "\U00010428xzy")]
    public void Case_matters_only_when_asked(string pattern, string text)
    {
        Assert.True(StringPattern.Parse(pattern).Matches(text));
        Assert.False(StringPattern.Parse(pattern, cased: true).Matches(text));
        Assert.True(StringPattern.Parse(pattern, cased: true).Matches(pattern.Replace('?', 'y')));
    }

    [Fact]
    public void Any_pattern_agrees_with_a_slow_reading_of_it()
    {
        var random = new Random(20_261_125);
        var matched = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = RandomText(random, "ab?*");
            var text = RandomText(random, "aAbB");
            var expected = Slow(pattern, text);
            Assert.True(expected == StringPattern.Parse(pattern).Matches(text), $"'{pattern}' on '{text}'");
            matched += expected ? 1 : 0;
        }

        Assert.InRange(matched, 2_000, 18_000);
    }

    [Fact]
    public void Places_add_a_wildcard_unless_it_is_there()
    {
        Assert.True(StringPattern.Parse("b", PatternPlace.Anywhere).Matches("abc"));
        Assert.True(StringPattern.Parse("*b*", PatternPlace.Anywhere).Matches("abc"));
        Assert.True(StringPattern.Parse("a", PatternPlace.Start).Matches("abc"));
        Assert.False(StringPattern.Parse("b", PatternPlace.Start).Matches("abc"));
        Assert.True(StringPattern.Parse("c", PatternPlace.End).Matches("abc"));
        Assert.False(StringPattern.Parse("b", PatternPlace.End).Matches("abc"));
        Assert.True(StringPattern.Parse("a?c", PatternPlace.Anywhere).Matches("xxabcxx"));
        Assert.True(StringPattern.Parse("", PatternPlace.Anywhere).Matches(""));
    }

    [Fact]
    public void A_backslash_before_the_added_wildcard_is_literal()
    {
        Assert.True(StringPattern.Parse(@"a\", PatternPlace.Start).Matches(@"a\b"));
        Assert.False(StringPattern.Parse(@"a\", PatternPlace.Start).Matches("ab"));
        Assert.True(StringPattern.Parse(@"\cmd", PatternPlace.End).Matches(@"x\cmd"));
        Assert.False(StringPattern.Parse(@"\cmd", PatternPlace.End).Matches("xcmd"));
    }

    [Theory]
    [InlineData("-a", "-a")]
    [InlineData("-a", "/a")]
    [InlineData("-a", "\u2013a")]
    [InlineData("/a", "\u2014a")]
    [InlineData("cmd -a -b", "cmd /a \u2015b")]
    public void Windash_takes_any_dash_that_begins_an_option(string pattern, string text) =>
        Assert.True(StringPattern.Parse(pattern, anyDash: true).Matches(text));

    [Theory]
    [InlineData("a-b", "a/b")]
    [InlineData("- a", "/ a")]
    [InlineData("a-", "a/")]
    public void Windash_leaves_other_dashes_alone(string pattern, string text) =>
        Assert.False(StringPattern.Parse(pattern, anyDash: true).Matches(text));

    private static string RandomText(Random random, string letters) =>
        string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => letters[random.Next(letters.Length)]));

    private static bool Slow(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.Length == 0)
        {
            return text.Length == 0;
        }

        if (pattern[0] == '*')
        {
            return Slow(pattern[1..], text) || (text.Length > 0 && Slow(pattern, text[1..]));
        }

        return text.Length > 0 && (pattern[0] == '?' || pattern[0] == char.ToLowerInvariant(text[0])) && Slow(pattern[1..], text[1..]);
    }
}
