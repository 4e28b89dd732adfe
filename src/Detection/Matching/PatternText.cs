namespace Detection.Matching;

/// <summary>Reads texts of rules as tokens.</summary>
/// <remarks>
/// A backslash makes a following <c>*</c>, <c>?</c> or backslash literal; before anything else, and at the end, it stands for itself.
/// </remarks>
internal static class PatternText
{
    /// <summary>The tokens of a text.</summary>
    public static List<PatternToken> Tokenize(ReadOnlySpan<char> text)
    {
        var tokens = new List<PatternToken>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length && text[i + 1] is '*' or '?' or '\\')
            {
                tokens.Add(PatternToken.Literal(text[++i]));
            }
            else
            {
                tokens.Add(c switch { '*' => PatternToken.AnyRun, '?' => PatternToken.AnyOne, _ => PatternToken.Literal(c) });
            }
        }

        return tokens;
    }

    /// <summary>
    /// Where a dash or slash begins an option, that is after no word character and before one: the place of each, in order.
    /// </summary>
    public static IEnumerable<int> OptionDashes(IReadOnlyList<PatternToken> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].IsLiteral('-', '/') && tokens[i + 1].IsWord && (i == 0 || !tokens[i - 1].IsWord))
            {
                yield return i;
            }
        }
    }
}
