using System.Text.RegularExpressions;
using Detection.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace Detection.Tests.Routing;

/// <summary>An expression is found only where one of its literals is.</summary>
public sealed class RegexLiteralTests
{
    private static readonly string[] Pieces =
        ["a", "b", "A", "/", @"\.", ".", @"\d", "1", "[ab]", "[^]a]", "(a|b)", "(?:ab)", "(b|1a)", "*", "+", "?", "+?", "{2}", "{0,1}", "|", "^", "$", "k", "i", "s", "x{", "(?i)"];

    private static readonly Gen<string> Expression = from pieces in Gen.ArrayOf(Gen.Elements(Pieces)) select string.Concat(pieces.Take(7));

    private static readonly Gen<string> Text =
        from letters in Gen.ArrayOf(Gen.Elements('a', 'b', 'A', 'B', '/', '.', '1', 'k', '\u212A', '\u0131', '\u017F', 'x', '{', ']', '\n')) select new string(letters);

    [Fact]
    public void A_text_in_which_an_expression_is_found_holds_a_literal_of_it()
    {
        var (found, literals) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4_000), Prop.ForAll(Arb.From(Expression), Arb.From(Text), (expression, text) =>
        {
            if (!TryMake(expression, out var regex) || !regex.IsMatch(text))
            {
                return;
            }

            found++;
            var needed = RegexLiterals.Of(expression);
            literals += needed.Count;
            Assert.True(needed.Count == 0 || needed.Any(Folding.Fold(text).Contains), $"{expression} needs {string.Join(',', needed)}");
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

    private static bool TryMake(string expression, out Regex regex)
    {
        try
        {
            regex = new Regex(expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            return true;
        }
        catch (RegexParseException)
        {
            regex = null!;
            return false;
        }
    }
}
