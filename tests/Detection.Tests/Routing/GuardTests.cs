using System.Text.RegularExpressions;
using Detection.Matching;
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
    [InlineData("s: { Image|re: '/nc[0-9]+ --e' }", "Image Anywhere ' --E'; Image Anywhere '/NC'")]
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
    [InlineData("abc", "'ABC'")]
    [InlineData("^abc", "Start 'ABC'")]
    [InlineData(@"\Aab\z", "Whole 'AB'")]
    [InlineData("ab$", "End 'AB' or End 'AB\n'")]
    [InlineData("(?m)^ab$", "'AB'")]
    [InlineData("^(ab|c)$|de", "Whole 'AB' or Whole 'AB\n' or Whole 'C' or Whole 'C\n' or 'DE'")]
    [InlineData("^/usr/(s?bin|lib)/x", "Start '/USR/SBIN/X' or Start '/USR/BIN/X' or Start '/USR/LIB/X'")]
    [InlineData("ab+cd", "'BCD'; 'AB'")]
    [InlineData("abc?de", "'ABCDE' or 'ABDE'")]
    [InlineData("abx{0,2}cde", "'CDE'; 'AB'")]
    [InlineData("ab|cd", "'AB' or 'CD'")]
    [InlineData("ab|c*", "")]
    [InlineData(@"a\.b\d+c", "'A.B'; 'C'")]
    [InlineData("a(?:b[cd])+e", "'A'; 'B'; 'E'")]
    [InlineData(@"x -(W|r)\s", "'X -W' or 'X -R'")]
    [InlineData("a(b|cd)+e", "'AB' or 'ACD'; 'BE' or 'CDE'; 'B' or 'CD'")]
    [InlineData("a((b.)*|c)de", "'DE'; 'A'")]
    [InlineData("a(^b|c)d", "'ABD' or 'ACD'")]
    [InlineData("skip", "'SKIP'")]
    [InlineData("(?i)skip", "'P'")]
    [InlineData("(?i)b(?-i:k)s", "'BK'")]
    [InlineData("a(?i:b)c", "'ABC'")]
    [InlineData(@"\x41bcd", "'BCD'")]
    [InlineData("[a-z-[b]]cde", "'CDE'")]
    [InlineData(@"(a)\1", "")]
    public void Expression(string expression, string expected)
    {
        var guards = new ExpressionGuards(null, new GuardMaker(new LiteralOdds())).Find(expression, RegexOptions.None);
        Assert.Equal(expected, string.Join("; ", guards.Select(guard => string.Join(" or ", guard.Literals.Select(literal =>
            $"{(literal.Place == PatternPlace.Anywhere ? "" : literal.Place + " ")}'{literal.Text}'")))));
    }

    [Fact]
    public void Alternatives_that_stand_for_too_many_texts_are_cut()
    {
        var guards = new ExpressionGuards(null, new GuardMaker(new LiteralOdds())).Find("(ab|cd|ef)(gh|ij|kl)(mn|op|qr)(st|uv|wx)", RegexOptions.None);
        Assert.All(guards, guard => Assert.InRange(guard.Literals.Count, 1, 64));
        Assert.Contains(guards, guard => guard.Literals.Any(literal => literal.Text == "ABGHMN"));
    }

    private static string Guards(string searches, string condition)
    {
        var rule = Packs.Rule($"{searches}\ncondition: {condition}");
        return string.Join("; ", new GuardFinder(new LiteralOdds()).Find(rule.Matcher)!.Select(guard => string.Join(
            " or ", guard.Literals.Select(literal => $"{literal.Field?.Name ?? "any"} {literal.Place} '{literal.Text}'"))));
    }
}
