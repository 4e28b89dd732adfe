namespace Detection.Matching;

/// <summary>
/// A text of a rule: case-insensitive unless <c>cased</c>, with the wildcards <c>*</c> (any run, also empty) and <c>?</c> (exactly
/// one character) and Sigma's escapes. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// A backslash makes a following <c>*</c>, <c>?</c> or backslash literal; before anything else, and at the end, it stands for itself.
/// One character is one code point, not one UTF-16 unit. Case is compared code point by code point, without regard to a language.
/// </remarks>
internal sealed class StringPattern
{
    private readonly PatternToken[] _tokens;
    private readonly StringComparison _comparison;
    private readonly Shape _shape;
    private readonly string _literal;

    private StringPattern(PatternToken[] tokens, bool cased)
    {
        _tokens = tokens;
        _comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        (_shape, _literal) = Classify(tokens);
    }

    private enum Shape
    {
        General,
        Exact,
        Prefix,
        Suffix,
        Contains,
    }

    /// <summary>Reads a rule's text.</summary>
    /// <param name="text">As it stands in the rule.</param>
    /// <param name="place">Where in the event's text it is looked for.</param>
    /// <param name="cased">Case matters.</param>
    /// <param name="anyDash">Each dash or slash that begins an option stands for any of <c>- / – — ―</c> (<c>windash</c>).</param>
    public static StringPattern Parse(string text, PatternPlace place = PatternPlace.Whole, bool cased = false, bool anyDash = false)
    {
        var tokens = Tokenize(text);
        if (anyDash)
        {
            LoosenDashes(tokens);
        }

        if (place is PatternPlace.Anywhere or PatternPlace.End && !(tokens.Count > 0 && tokens[0].Kind == PatternTokenKind.AnyRun))
        {
            tokens.Insert(0, PatternToken.AnyRun);
        }

        if (place is PatternPlace.Anywhere or PatternPlace.Start && !(tokens.Count > 0 && tokens[^1].Kind == PatternTokenKind.AnyRun))
        {
            tokens.Add(PatternToken.AnyRun);
        }

        return new StringPattern([.. tokens], cased);
    }

    /// <summary>True when the whole of <paramref name="text"/> fits.</summary>
    public bool Matches(string text) => _shape switch
    {
        Shape.Exact => string.Equals(text, _literal, _comparison),
        Shape.Prefix => text.StartsWith(_literal, _comparison),
        Shape.Suffix => text.EndsWith(_literal, _comparison),
        Shape.Contains => text.Contains(_literal, _comparison),
        _ => MatchesTokens(text),
    };

    private static List<PatternToken> Tokenize(string text)
    {
        var tokens = new List<PatternToken>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length && text[i + 1] is '*' or '?' or '\\')
            {
                tokens.Add(PatternToken.Literal(text[++i]));
            }
            else if (c == '*')
            {
                if (tokens.Count == 0 || tokens[^1].Kind != PatternTokenKind.AnyRun)
                {
                    tokens.Add(PatternToken.AnyRun);
                }
            }
            else
            {
                tokens.Add(c == '?' ? PatternToken.AnyOne : PatternToken.Literal(c));
            }
        }

        return tokens;
    }

    // A dash begins an option when no word character is before it and one is after it.
    private static void LoosenDashes(List<PatternToken> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].IsLiteral('-', '/') && tokens[i + 1].IsWord && (i == 0 || !tokens[i - 1].IsWord))
            {
                tokens[i] = PatternToken.AnyDash;
            }
        }
    }

    private static (Shape Shape, string Literal) Classify(PatternToken[] tokens)
    {
        var first = tokens.Length > 0 && tokens[0].Kind == PatternTokenKind.AnyRun ? 1 : 0;
        var end = tokens.Length > first && tokens[^1].Kind == PatternTokenKind.AnyRun ? tokens.Length - 1 : tokens.Length;
        var middle = tokens.AsSpan(first, end - first);
        var literal = new char[middle.Length];
        for (var i = 0; i < middle.Length; i++)
        {
            if (middle[i].Kind != PatternTokenKind.Literal)
            {
                return (Shape.General, "");
            }

            literal[i] = middle[i].Value;
        }

        var shape = (first == 1, end < tokens.Length) switch
        {
            (false, false) => Shape.Exact,
            (false, true) => Shape.Prefix,
            (true, false) => Shape.Suffix,
            _ => Shape.Contains,
        };
        return (shape, new string(literal));
    }

    // Only the last run seen is ever widened, so time is at most length times length.
    private bool MatchesTokens(string text)
    {
        int at = 0, token = 0, runToken = -1, runAt = 0;
        while (at < text.Length)
        {
            if (token < _tokens.Length && _tokens[token].Kind == PatternTokenKind.AnyRun)
            {
                runToken = token++;
                runAt = at;
            }
            else if (token < _tokens.Length && MatchesOne(_tokens[token], text, at, out var used))
            {
                token++;
                at += used;
            }
            else if (runToken >= 0)
            {
                runAt += CodePointLength(text, runAt);
                at = runAt;
                token = runToken + 1;
            }
            else
            {
                return false;
            }
        }

        while (token < _tokens.Length && _tokens[token].Kind == PatternTokenKind.AnyRun)
        {
            token++;
        }

        return token == _tokens.Length;
    }

    private bool MatchesOne(PatternToken token, string text, int at, out int used)
    {
        used = token.Kind == PatternTokenKind.AnyOne ? CodePointLength(text, at) : 1;
        var c = text[at];
        return token.Kind switch
        {
            PatternTokenKind.AnyOne => true,
            PatternTokenKind.AnyDash => c is '-' or '/' or '\u2013' or '\u2014' or '\u2015',
            _ => c == token.Value
                || (_comparison == StringComparison.OrdinalIgnoreCase && char.ToUpperInvariant(c) == char.ToUpperInvariant(token.Value)),
        };
    }

    private static int CodePointLength(string text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
}
