using System.Text;
using System.Text.RegularExpressions;
using Detection.Matching;

namespace Detection.Index;

/// <summary>
/// Literals of a regular expression, of which each text that it is found in holds at least one. Knows a small part of the syntax; an
/// expression with anything else has none.
/// </summary>
internal static partial class RegexLiterals
{
    private const string IgnoreCaseAtStart = "(?i)";

    // Escapes of one letter that stand for a place or a set of characters. Others may take the characters behind them along.
    private const string OneLetterEscapes = "dDsSwWbBAzZGntrfvae";

    // To an expression without case these equal characters that fold to something else (the Kelvin sign, the dotless i, the long s).
    private const string OddCase = "kKiIsS";

    /// <summary>Folded texts, one for each alternative of the expression: its longest. Empty when an alternative needs no text.</summary>
    public static IReadOnlyList<string> Of(string expression)
    {
        var text = expression.StartsWith(IgnoreCaseAtStart, StringComparison.Ordinal) ? expression[IgnoreCaseAtStart.Length..] : expression;
        var longest = new List<string> { "" };
        var run = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var length = UnitLength(text, i);
            if (length == 0)
            {
                return [];
            }

            var literal = text[i] == '\\' ? text[i + 1] : text[i];
            var isLiteral = text[i] is not ('.' or '[' or '(' or '^' or '$' or '|') && (text[i] != '\\' || !char.IsAsciiLetterOrDigit(literal))
                && char.IsAscii(literal) && !OddCase.Contains(literal, StringComparison.Ordinal);
            var quantifier = Quantifier().Match(text, i + length);
            if (isLiteral && !(quantifier.Success && IsOptional(quantifier.ValueSpan)))
            {
                run.Append(literal);
            }

            if (!isLiteral || quantifier.Success || i + length == text.Length)
            {
                longest[^1] = run.Length > longest[^1].Length ? run.ToString() : longest[^1];
                run.Clear();
            }

            if (text[i] == '|')
            {
                longest.Add("");
            }

            i += length + quantifier.Length;
        }

        return longest.Contains("") ? [] : [.. longest.Select(one => Folding.Fold(one))];
    }

    private static bool IsOptional(ReadOnlySpan<char> quantifier) => quantifier[0] != '+';

    // Characters of the unit at a place, without its quantifier; 0 for one that is not known.
    private static int UnitLength(string text, int at) => text[at] switch
    {
        '\\' => at + 1 < text.Length && (!char.IsLetterOrDigit(text[at + 1]) || OneLetterEscapes.Contains(text[at + 1], StringComparison.Ordinal)) ? 2 : 0,
        '[' => Class().Match(text, at).Length,
        '(' => GroupLength(text, at),
        ')' or '{' or '*' or '+' or '?' => 0,
        _ => 1,
    };

    private static int GroupLength(string text, int at)
    {
        var depth = 0;
        for (var i = at; i < text.Length;)
        {
            if (text[i] == ')')
            {
                depth--;
                i++;
            }
            else if (text[i] == '(')
            {
                // A group that sets options may reach beyond its end.
                if (i + 1 < text.Length && text[i + 1] == '?' && !(i + 2 < text.Length && text[i + 2] == ':'))
                {
                    return 0;
                }

                depth++;
                i++;
            }
            else if (text[i] is '\\' or '[')
            {
                var length = text[i] == '\\' ? 2 : UnitLength(text, i);
                if (length == 0)
                {
                    return 0;
                }

                i += length;
            }
            else
            {
                i++;
            }

            if (depth == 0)
            {
                return i - at;
            }
        }

        return 0;
    }

    // A class without another one in it (subtraction).
    [GeneratedRegex(@"\G\[\^?\]?(?:\\.|[^\]\[\\])*\]", RegexOptions.Singleline)]
    private static partial Regex Class();

    [GeneratedRegex(@"\G(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??")]
    private static partial Regex Quantifier();
}
