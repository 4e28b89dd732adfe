using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace Detection.Tests.Routing;

/// <summary>An expression is found only where its guards are met.</summary>
public sealed class ExpressionGuardTests
{
    private static readonly string[] Pieces =
    [
        "a", "b", "A", "/", @"\.", ".", @"\d", "1", "[ab]", "[^]a]", "(a|b)", "(?:ab)", "(b|1a)", "*", "+", "?", "+?", "{2}", "{0,1}", "|", "^", "$", "^", "$", @"\A", @"\z", @"\Z", @"\b", "(", ")", "k", "i", "s", "x{", "(?i)",
        "[-[]", "[^-[]", @"[a\-[b]", "[+--[a]]", @"[\c]]", @"[\x41-\u0062]", @"[\p{L}-[a]]", "[", "-", "]",
    ];

    private static readonly Gen<string> Expression = from pieces in Gen.ArrayOf(Gen.Elements(Pieces)) select string.Concat(pieces.Take(9));

    private static readonly Gen<RegexOptions> Options =
        Gen.Elements(RegexOptions.None, RegexOptions.IgnoreCase, RegexOptions.Multiline, RegexOptions.IgnoreCase | RegexOptions.Singleline);

    private static readonly Gen<string> Text =
        from letters in Gen.ArrayOf(Gen.Elements('a', 'b', 'A', 'B', '/', '.', '1', 'k', '\u212A', '\u0131', '\u017F', 'x', '{', ']', '[', '-', '+', '\u001D', '\n')) select new string(letters);

    [Fact]
    public void A_text_in_which_an_expression_is_found_meets_each_guard_of_it()
    {
        var (found, literals) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(12_000), Prop.ForAll(Arb.From(Expression), Arb.From(Text), Arb.From(Options), (expression, text, options) =>
        {
            if (!TryMake(expression, options, out var regex) || !regex.IsMatch(text))
            {
                return;
            }

            found++;
            foreach (var guard in new ExpressionGuards(null, new GuardMaker(new LiteralOdds())).Find(expression, options))
            {
                literals += guard.Literals.Count;
                Assert.True(guard.Literals.Any(literal => IsIn(literal, Folding.Fold(text))), $"{expression} needs {string.Join(',', guard.Literals)}");
            }
        }));

        Assert.True(found > 300 && literals > 30, $"{found} found, {literals} literals: the cases show nothing");
    }

    [Fact]
    public void An_expression_without_case_sees_no_more_letters_as_equal_than_folding_does()
    {
        foreach (var letter in "abcdefghjlmnopqrtuvwxyz0123456789/-_. ")
        {
            var regex = new Regex(Regex.Escape(letter.ToString()), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            var others = new string([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => Folding.Fold(c) != Folding.Fold(letter))]);
            Assert.False(regex.IsMatch(others), $"{letter}");
        }
    }

    private static bool IsIn(RequiredLiteral literal, string folded) => literal.Place switch
    {
        PatternPlace.Whole => folded == literal.Text,
        PatternPlace.Start => folded.StartsWith(literal.Text, StringComparison.Ordinal),
        PatternPlace.End => folded.EndsWith(literal.Text, StringComparison.Ordinal),
        _ => folded.Contains(literal.Text, StringComparison.Ordinal),
    };

    private static bool TryMake(string expression, RegexOptions options, out Regex regex)
    {
        try
        {
            regex = new Regex(expression, options | RegexOptions.CultureInvariant);
            return true;
        }
        catch (RegexParseException)
        {
            regex = null!;
            return false;
        }
    }
}
