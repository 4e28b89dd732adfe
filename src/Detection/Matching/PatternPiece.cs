using System.Text;

namespace Detection.Matching;

/// <summary>The part of a pattern between two runs: literals, single characters and dashes. Immutable.</summary>
internal sealed class PatternPiece
{
    private readonly PatternToken[] _tokens;
    private readonly string[] _literals;
    private readonly StringComparison _comparison;
    private readonly int _longest;
    private readonly LiteralSearch? _search;

    /// <param name="tokens">No runs; at least one.</param>
    /// <param name="comparison">Ordinal, with or without case.</param>
    public PatternPiece(ReadOnlySpan<PatternToken> tokens, StringComparison comparison)
    {
        // Literals in a row become one text: the token of the last one stands for it.
        var kept = new List<PatternToken>();
        var literals = new List<string>();
        var literal = new StringBuilder();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind == PatternTokenKind.Literal)
            {
                literal.Append(tokens[i].Value);
                if (i + 1 < tokens.Length && tokens[i + 1].Kind == PatternTokenKind.Literal)
                {
                    continue;
                }
            }

            kept.Add(tokens[i]);
            literals.Add(literal.ToString());
            literal.Clear();
        }

        _tokens = [.. kept];
        _literals = [.. literals];
        _comparison = comparison;
        _longest = 2 * tokens.Length;
        _search = literals[0].Length > 0 ? new LiteralSearch(literals[0], comparison) : null;
        var isLinear = _search is not null && kept.Count == 1 && _search.IsLinear;
        StepsPerCharacter = isLinear ? LiteralSearch.StepsPerCharacter + 2 : StepsOfToken * tokens.Length;
    }

    /// <summary>Most steps for each character of a text, in all ways to look for the piece; in a short one as in one of <see cref="LiteralSearch.ShortText"/>.</summary>
    public long StepsPerCharacter { get; }

    // At each place of the text the literal in front may be compared twice and the whole once, and at the end of the text once more.
    private const int StepsOfToken = 4;

    private bool IsLiteral => _tokens.Length == 1 && _tokens[0].Kind == PatternTokenKind.Literal;

    /// <summary>Where the piece ends that begins at <paramref name="at"/>; -1 when it is not there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where in it.</param>
    /// <param name="steps">Grows by how many characters were compared at most.</param>
    public int MatchAt(ReadOnlySpan<char> text, int at, ref long steps)
    {
        for (var i = 0; i < _tokens.Length; i++)
        {
            if (_tokens[i].Kind == PatternTokenKind.Literal)
            {
                steps += _literals[i].Length;
                if (!text[at..].StartsWith(_literals[i], _comparison))
                {
                    return -1;
                }

                at += _literals[i].Length;
                continue;
            }

            steps++;
            if (at == text.Length || (_tokens[i].Kind == PatternTokenKind.AnyDash && text[at] is not ('-' or '/' or '\u2013' or '\u2014' or '\u2015')))
            {
                return -1;
            }

            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        }

        return at;
    }

    /// <summary>Where the first piece ends that begins at <paramref name="from"/> or later; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<char> text, int from, ref long steps)
    {
        for (; from <= text.Length; from++)
        {
            if (_search is not null)
            {
                var skip = _search.Find(text[from..], out var compared);
                steps += compared;
                if (skip < 0)
                {
                    return -1;
                }

                from += skip;
            }

            if (MatchAt(text, from, ref steps) is >= 0 and var end)
            {
                return end;
            }
        }

        return -1;
    }

    /// <summary>True when the piece begins at <paramref name="from"/> or later and ends with the text.</summary>
    public bool IsEnd(ReadOnlySpan<char> text, int from, ref long steps)
    {
        if (IsLiteral)
        {
            steps += _literals[0].Length;
            return from <= text.Length - _literals[0].Length && text.EndsWith(_literals[0], _comparison);
        }

        for (var at = Math.Max(from, text.Length - _longest); at <= text.Length; at++)
        {
            if (MatchAt(text, at, ref steps) == text.Length)
            {
                return true;
            }
        }

        return false;
    }
}
