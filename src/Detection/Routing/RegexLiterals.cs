using System.Text.RegularExpressions;

namespace Detection.Routing;

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

    // Texts that a run of literals and groups of alternatives may stand for, at most.
    private const int MaxTexts = 16;

    /// <summary>Folded texts: for each alternative of the expression those of its longest run. Empty when an alternative needs no text.</summary>
    public static IReadOnlyList<string> Of(string expression)
    {
        var text = expression.StartsWith(IgnoreCaseAtStart, StringComparison.Ordinal) ? expression[IgnoreCaseAtStart.Length..] : expression;
        var longest = new List<string[]> { (string[])[""] };
        string[] run = [""];
        for (var i = 0; i < text.Length;)
        {
            var length = UnitLength(text, i);
            if (length == 0)
            {
                return [];
            }

            var quantifier = Quantifier().Match(text, i + length);
            var texts = quantifier.Success && IsOptional(quantifier.ValueSpan) ? [] : TextsOf(text.AsSpan(i, length));
            var ends = texts.Length == 0 || quantifier.Success || i + length == text.Length;
            if (texts.Length * run.Length > MaxTexts)
            {
                Keep(longest, run);
                run = texts;
            }
            else if (texts.Length > 0)
            {
                run = [.. run.SelectMany(before => texts.Select(one => before + one))];
            }

            if (ends)
            {
                Keep(longest, run);
                run = [""];
            }

            if (text[i] == '|')
            {
                longest.Add([""]);
            }

            i += length + quantifier.Length;
        }

        return longest.Any(texts => texts.Contains("")) ? [] : [.. longest.SelectMany(texts => texts).Select(one => Folding.Fold(one))];
    }

    private static void Keep(List<string[]> longest, string[] run)
    {
        if (run.Min(text => text.Length) > longest[^1].Min(text => text.Length))
        {
            longest[^1] = run;
        }
    }

    // What a unit may stand for; none when that is not a few plain texts.
    private static string[] TextsOf(ReadOnlySpan<char> unit)
    {
        if (unit.Length > 2 && unit[0] == '(')
        {
            string[] texts = [.. unit[(unit.StartsWith("(?:") ? 3 : 1)..^1].ToString().Split('|')];
            return texts.Length <= MaxTexts && texts.All(text => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) && !IsOdd(c))) ? texts : [];
        }

        var isEscape = unit[0] == '\\';
        var literal = isEscape ? unit[1] : unit[0];
        var isLiteral = isEscape ? !char.IsAsciiLetterOrDigit(literal) : literal is not ('.' or '[' or '(' or '^' or '$' or '|');
        return isLiteral && char.IsAscii(literal) && !IsOdd(literal) ? [literal.ToString()] : [];
    }

    private static bool IsOdd(char c) => OddCase.Contains(c, StringComparison.Ordinal);

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
