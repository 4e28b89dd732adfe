using Detection.Routing;

namespace Detection.Tests.Routing;

/// <summary>What a match is known to imply.</summary>
public sealed class GuardTests
{
    [Theory]
    [InlineData("s: { Image: /bin/nc }", "Image Whole '/BIN/NC'")]
    [InlineData("s: { Image|cased: /bin/nc }", "Image Whole '/BIN/NC'")]
    [InlineData("s: { Image|endswith: [/nc, /ncat] }", "Image End '/NC' or Image End '/NCAT'")]
    [InlineData("s: { Image|startswith: '/tmp/*/x' }", "Image Start '/TMP/'; Image Anywhere '/X'")]
    [InlineData("s: { CommandLine|contains: 'a?bc' }", "CommandLine Anywhere 'BC'; CommandLine Anywhere 'A'")]
    [InlineData("s: { CommandLine|windash|contains: 'cmd -x' }", "CommandLine Anywhere 'CMD '; CommandLine Anywhere 'X'")]
    [InlineData("s: { CommandLine|contains|all: [ab, c] }", "CommandLine Anywhere 'AB'; CommandLine Anywhere 'C'")]
    [InlineData("s: { Image: '\U00010428bc' }", "Image End 'BC'")]
    [InlineData("s: { Image: '*' }", "")]
    [InlineData("s: { Image: [abc, '*'] }", "")]
    [InlineData("s: { Image: [abc, null] }", "")]
    [InlineData("s: { Image: '' }", "Image Whole ''")]
    [InlineData("s: { Uid: 42.0 }", "Uid Whole '42.0' or Uid Whole '42'")]
    [InlineData("s: { Sensitive: true }", "Sensitive Whole 'TRUE'")]
    [InlineData("s: { Image|exists: true }", "")]
    [InlineData("s: { Image|neq: abc }", "")]
    [InlineData("s: { Uid|gt: 5 }", "")]
    [InlineData("s: { Image|fieldref: ParentImage }", "")]
    [InlineData("s: { Image|re: '/nc[0-9]+ --e' }", "Image Anywhere ' --E'")]
    [InlineData("s: [ab, cd]", "any Anywhere 'AB' or any Anywhere 'CD'")]
    [InlineData("s: [ { Image: abc }, { CommandLine|contains: de } ]", "Image Whole 'ABC' or CommandLine Anywhere 'DE'")]
    public void Search(string search, string expected) => Assert.Equal(expected, Guards(search, "s"));

    [Theory]
    [InlineData("s and t", "Image Whole 'ABC'; CommandLine Anywhere 'DE'")]
    [InlineData("s or t", "Image Whole 'ABC' or CommandLine Anywhere 'DE'")]
    [InlineData("s or (t and u)", "Image Whole 'ABC' or User Whole 'X'; Image Whole 'ABC' or CommandLine Anywhere 'DE'")]
    [InlineData("s and not t", "Image Whole 'ABC'")]
    [InlineData("s or not t", "")]
    public void Condition(string condition, string expected) =>
        Assert.Equal(expected, Guards("s: { Image: abc }\nt: { CommandLine|contains: de }\nu: { User: x }", condition));

    [Theory]
    [InlineData("abc", "ABC")]
    [InlineData("(?i)abc", "ABC")]
    [InlineData("ab+cd", "AB")]
    [InlineData("abc?de", "AB")]
    [InlineData("abx{0,2}cde", "CDE")]
    [InlineData("ab|cd", "AB,CD")]
    [InlineData("ab|c*", "")]
    [InlineData(@"a\.b\d+c", "A.B")]
    [InlineData(@"a[bc]+?(?:xyz)?de", "DE")]
    [InlineData(@"/[^/\]]{3}bc$", "BC")]
    [InlineData(@"x -(W|r)\s", "X -W,X -R")]
    [InlineData("a(b|cd)+e", "AB,ACD")]
    [InlineData("a(b|c)?e", "A")]
    [InlineData("a(b|c*)de", "DE")]
    [InlineData("(a|b)(c|d|e)(f|g|h)", "AC,AD,AE,BC,BD,BE")]
    [InlineData("skip", "P")]
    [InlineData(@"\x41bcd", "")]
    [InlineData("a(?i:b)c", "")]
    [InlineData("(?x)a b", "")]
    [InlineData("[a-z-[b]]cde", "")]
    public void Regex_needs_the_longest_literal_of_each_alternative(string expression, string expected) =>
        Assert.Equal(expected, string.Join(',', RegexLiterals.Of(expression)));

    private static string Guards(string searches, string condition)
    {
        var rule = Packs.Rule($"{searches}\ncondition: {condition}");
        return string.Join("; ", new GuardFinder(new LiteralOdds()).Find(rule.Matcher)!.Select(guard => string.Join(
            " or ", guard.Literals.Select(literal => $"{literal.Field?.Name ?? "any"} {literal.Place} '{literal.Text}'"))));
    }
}
