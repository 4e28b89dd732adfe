using AlertLambda.Alerts;

namespace AlertLambda.Tests.Alerts;

public sealed class MarkupTests
{
    [Theory]
    [InlineData("/etc/shadow", "/etc/shadow")]
    [InlineData("", "\"\"")]
    [InlineData("x. All is well", "\"x. All is well\"")]
    [InlineData("a\nWHERE", "\"a\\x0aWHERE\"")]
    [InlineData("\u001b[2J", "\"\\x1b[2J\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("a\\", "\"a\\\\\"")]
    [InlineData("\u202efdp", "\"\\u{202e}fdp\"")]
    [InlineData("naïve", "\"naïve\"")]
    [InlineData("дом", "\"д\\u{43e}\\u{43c}\"")]
    [InlineData("r\u043e\u043et", "\"r\\u{43e}\\u{43e}t\"")]
    [InlineData("\uff0fetc", "\"\\u{ff0f}etc\"")]
    [InlineData("a\u2215b\u2010c", "\"a\\u{2215}b\\u{2010}c\"")]
    [InlineData("e\u0336", "\"e\\u{336}\"")]
    [InlineData("\U0001d42b", "\"\\u{1d42b}\"")]
    [InlineData("\u05d0 (uid 0)", "\"\\u{5d0} (uid 0)\"")]
    [InlineData("日本😀", "\"日本😀\"")]
    [InlineData("https://evil.example", "\"https\\x3a//evil.example\"")]
    [InlineData("a:/b::///", "\"a:/b:\\x3a///\"")]
    public void Mail_name_is_one_plain_word_or_quoted(string raw, string expected) =>
        Assert.Equal(expected, new MailMarkup().Name(raw, 100));

    [Fact]
    public void Byte_that_is_not_UTF8_is_shown_by_its_number()
    {
        Assert.Equal("\"\\xff\"", new MailMarkup().Name("\udcff", 100));
        Assert.Equal("`\\xff`", new SlackMarkup().Name("\udcff", 100));
    }

    [Theory]
    [InlineData("/etc/shadow", "`/etc/shadow`")]
    [InlineData("", "(none)")]
    [InlineData("a`b", "`a\\x60b`")]
    [InlineData("<!channel>", "`&lt;!channel&gt;`")]
    [InlineData("<https://e.example|ok>", "`&lt;https://e.example|ok&gt;`")]
    [InlineData("a&b", "`a&amp;b`")]
    [InlineData("a\nb", "`a\\x0ab`")]
    [InlineData("*_~", "`*_~`")]
    [InlineData("\u202e", "`\\u{202e}`")]
    [InlineData("\u0430dmin", "`\\u{430}dmin`")]
    public void Slack_name_cannot_leave_its_code_span(string raw, string expected) =>
        Assert.Equal(expected, new SlackMarkup().Name(raw, 100));

    [Theory]
    [InlineData("web-3.example", "web-3.example")]
    [InlineData("@here", "\\x40here")]
    [InlineData("*x* _y_ ~z~ `c`", "\\x2ax\\x2a \\x5fy\\x5f \\x7ez\\x7e \\x60c\\x60")]
    [InlineData("http://e.example", "http:\\x2f\\x2fe.example")]
    [InlineData("\u0430dmin", "\\u{430}dmin")]
    [InlineData("<#C1|x>", "&lt;\\x23C1\\x7cx&gt;")]
    public void Bare_Slack_name_formats_mentions_and_links_nothing(string raw, string expected) =>
        Assert.Equal(expected, SlackMarkup.Bare(raw, 100));

    [Fact]
    public void Rule_author_may_format_in_Slack_but_not_notify()
    {
        Assert.Equal("Run `id` &lt;!channel&gt;", SlackMarkup.Prose("Run `id` <!channel>", 100));
    }

    [Theory]
    [InlineData("abcdef", 3, "abc...(+3 characters)")]
    [InlineData("ab<cd", 5, "`ab`...(+3 characters)")]
    public void Cut_says_how_much_is_missing_and_splits_no_escape(string raw, int max, string expected) =>
        Assert.Equal(expected, expected[0] == '`' ? new SlackMarkup().Name(raw, max) : new MailMarkup().Name(raw, max));

    [Fact]
    public void Cut_splits_no_code_point()
    {
        Assert.Equal("a...(+2 characters)", new MailMarkup().Name("a😀", 2));
    }
}
