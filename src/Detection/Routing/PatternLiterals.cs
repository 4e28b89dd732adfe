using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>The literals of a pattern: each is in every text that fits, at its place.</summary>
internal static class PatternLiterals
{
    /// <summary>In order of the pattern; the empty text only for the empty pattern.</summary>
    /// <param name="field">The field that the text is of; null = any that keyword searches look into.</param>
    /// <param name="pattern">The pattern.</param>
    public static List<RequiredLiteral> Of(Field? field, StringPattern pattern)
    {
        var tokens = pattern.Tokens;
        var literals = new List<RequiredLiteral>();
        if (tokens.IsEmpty)
        {
            literals.Add(new RequiredLiteral(field, PatternPlace.Whole, ""));
        }

        var start = 0;
        for (var i = 0; i <= tokens.Length; i++)
        {
            if (i < tokens.Length && IsPart(tokens[i]))
            {
                continue;
            }

            if (i > start)
            {
                literals.Add(new RequiredLiteral(field, Place(start == 0, i == tokens.Length), Fold(tokens[start..i])));
            }

            start = i + 1;
        }

        return literals;
    }

    private static bool IsPart(PatternToken token) => token.Kind == PatternTokenKind.Literal && !char.IsSurrogate(token.Value);

    private static PatternPlace Place(bool first, bool last) => (first, last) switch
    {
        (true, true) => PatternPlace.Whole,
        (true, false) => PatternPlace.Start,
        (false, true) => PatternPlace.End,
        _ => PatternPlace.Anywhere,
    };

    private static string Fold(ReadOnlySpan<PatternToken> tokens)
    {
        var text = new char[tokens.Length];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = tokens[i].Value;
        }

        return Folding.Fold(text);
    }
}
