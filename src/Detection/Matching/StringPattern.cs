namespace Detection.Matching;

/// <summary>
/// A text of a rule: case-insensitive unless <c>cased</c>, with the wildcards <c>*</c> (any run, also empty) and <c>?</c> (exactly
/// one character) and Sigma's escapes. Immutable and thread-safe.
/// </summary>
/// <remarks>One character is one code point, not one UTF-16 unit. Case is compared without regard to a language.</remarks>
internal sealed class StringPattern
{
    private readonly PatternToken[] _tokens;
    private readonly StringComparison _comparison;
    private readonly PatternPiece[] _pieces;
    private readonly LiteralSearch? _search;
    private readonly bool _openStart;
    private readonly bool _openEnd;

    private StringPattern(PatternToken[] tokens, bool cased)
    {
        _tokens = tokens;
        _comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        _openStart = tokens.Length > 0 && tokens[0].Kind == PatternTokenKind.AnyRun;
        _openEnd = tokens.Length > 0 && tokens[^1].Kind == PatternTokenKind.AnyRun;
        (Shape, Literal) = Classify();
        _pieces = Shape == PatternShape.General ? [.. Pieces()] : [];
        _search = Shape == PatternShape.Contains ? new LiteralSearch(Literal, _comparison) : null;
    }

    /// <summary>Case matters.</summary>
    public bool IsCased => _comparison == StringComparison.Ordinal;

    /// <summary>What the pattern comes down to.</summary>
    public PatternShape Shape { get; }

    /// <summary>The literal of a shape that has one, as the rule writes it; empty for <see cref="PatternShape.General"/>.</summary>
    public string Literal { get; }

    /// <summary>The whole pattern, runs at its ends included; no two runs in a row.</summary>
    public ReadOnlySpan<PatternToken> Tokens => _tokens;

    /// <summary>Reads a rule's text.</summary>
    /// <param name="text">As it stands in the rule.</param>
    /// <param name="place">Where in the event's text it is looked for.</param>
    /// <param name="cased">Case matters.</param>
    /// <param name="anyDash">Each dash or slash that begins an option stands for any of <c>- / – — ―</c> (<c>windash</c>).</param>
    public static StringPattern Parse(string text, PatternPlace place = PatternPlace.Whole, bool cased = false, bool anyDash = false)
    {
        var tokens = PatternText.Tokenize(text);
        if (anyDash)
        {
            foreach (var dash in PatternText.OptionDashes(tokens).ToList())
            {
                tokens[dash] = PatternToken.AnyDash;
            }
        }

        return Of(tokens, place, cased);
    }

    /// <summary>The pattern of tokens.</summary>
    public static StringPattern Of(IReadOnlyList<PatternToken> tokens, PatternPlace place = PatternPlace.Whole, bool cased = false)
    {
        var whole = new List<PatternToken>(tokens.Count + 2);
        if (place is PatternPlace.Anywhere or PatternPlace.End)
        {
            whole.Add(PatternToken.AnyRun);
        }

        foreach (var token in tokens)
        {
            Add(whole, token);
        }

        if (place is PatternPlace.Anywhere or PatternPlace.Start)
        {
            Add(whole, PatternToken.AnyRun);
        }

        return new StringPattern([.. whole], cased);
    }

    /// <summary>Most steps for each character of a text; for a short one as many as for one of <see cref="LiteralSearch.ShortText"/>.</summary>
    /// <remarks>Only one piece is looked for at a time, and each begins where the one before it ends.</remarks>
    public long StepsPerCharacter => Shape switch
    {
        PatternShape.Contains => _search!.IsLinear ? LiteralSearch.StepsPerCharacter : Literal.Length,
        PatternShape.General => _pieces.Max(piece => piece.StepsPerCharacter),
        _ => 1,
    };

    /// <summary>True when the whole of <paramref name="text"/> fits.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        switch (Shape)
        {
            case PatternShape.Exact:
                return text.Equals(Literal, _comparison);
            case PatternShape.Prefix:
                return text.StartsWith(Literal, _comparison);
            case PatternShape.Suffix:
                return text.EndsWith(Literal, _comparison);
            case PatternShape.Contains:
                return _search!.Find(text) >= 0;
            default:
                return MatchesPieces(text, out _);
        }
    }

    /// <summary>True when the whole of <paramref name="text"/> fits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="steps">At most so many characters were compared.</param>
    public bool Matches(ReadOnlySpan<char> text, out long steps)
    {
        if (Shape == PatternShape.General)
        {
            return MatchesPieces(text, out steps);
        }

        steps = Math.Min(text.Length, Literal.Length);
        return Shape == PatternShape.Contains ? _search!.Find(text, out steps) >= 0 : Matches(text);
    }

    private static void Add(List<PatternToken> tokens, PatternToken token)
    {
        if (token.Kind != PatternTokenKind.AnyRun || tokens.Count == 0 || tokens[^1].Kind != PatternTokenKind.AnyRun)
        {
            tokens.Add(token);
        }
    }

    private (PatternShape Shape, string Literal) Classify()
    {
        var literal = new char[_tokens.Length];
        var length = 0;
        for (var i = 0; i < _tokens.Length; i++)
        {
            if (_tokens[i].Kind == PatternTokenKind.Literal)
            {
                literal[length++] = _tokens[i].Value;
            }
            else if (_tokens[i].Kind != PatternTokenKind.AnyRun || (i > 0 && i < _tokens.Length - 1))
            {
                return (PatternShape.General, "");
            }
        }

        var shape = (_openStart, _openEnd) switch
        {
            (false, false) => PatternShape.Exact,
            (false, true) => PatternShape.Prefix,
            (true, false) => PatternShape.Suffix,
            _ => PatternShape.Contains,
        };
        return (shape, new string(literal, 0, length));
    }

    private List<PatternPiece> Pieces()
    {
        var pieces = new List<PatternPiece>();
        var start = 0;
        for (var i = 0; i <= _tokens.Length; i++)
        {
            if (i == _tokens.Length || _tokens[i].Kind == PatternTokenKind.AnyRun)
            {
                if (i > start)
                {
                    pieces.Add(new PatternPiece(_tokens.AsSpan(start, i - start), _comparison));
                }

                start = i + 1;
            }
        }

        return pieces;
    }

    // A piece between runs is best taken as early as it comes: that leaves most for those after it.
    private bool MatchesPieces(ReadOnlySpan<char> text, out long steps)
    {
        steps = 0;
        int at = 0, piece = 0;
        if (!_openStart)
        {
            at = _pieces[piece++].MatchAt(text, 0, ref steps);
            if (at < 0 || piece == _pieces.Length)
            {
                return at >= 0 && (_openEnd || at == text.Length);
            }
        }

        for (; piece < _pieces.Length - 1 || (_openEnd && piece < _pieces.Length); piece++)
        {
            at = _pieces[piece].Find(text, at, ref steps);
            if (at < 0)
            {
                return false;
            }
        }

        return _openEnd || _pieces[piece].IsEnd(text, at, ref steps);
    }
}
