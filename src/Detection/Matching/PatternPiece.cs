using System.Text;

namespace Detection.Matching;

/// <summary>The part of a pattern between two runs: literals, single characters and dashes. Immutable.</summary>
internal sealed class PatternPiece
{
    private readonly PatternToken[] _tokens;
    private readonly string[] _literals;
    private readonly StringComparison _comparison;
    private readonly int _longest;

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
    }

    /// <summary>Where the piece ends that begins at <paramref name="at"/>; -1 when it is not there.</summary>
    public int MatchAt(ReadOnlySpan<char> text, int at)
    {
        for (var i = 0; i < _tokens.Length; i++)
        {
            if (_tokens[i].Kind == PatternTokenKind.Literal)
            {
                if (!text[at..].StartsWith(_literals[i], _comparison))
                {
                    return -1;
                }

                at += _literals[i].Length;
                continue;
            }

            if (at == text.Length || (_tokens[i].Kind == PatternTokenKind.AnyDash && text[at] is not ('-' or '/' or '\u2013' or '\u2014' or '\u2015')))
            {
                return -1;
            }

            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        }

        return at;
    }

    /// <summary>Where the first piece ends that begins at <paramref name="from"/> or later; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<char> text, int from)
    {
        for (; from <= text.Length; from++)
        {
            if (_literals[0].Length > 0)
            {
                var skip = text[from..].IndexOf(_literals[0], _comparison);
                if (skip < 0)
                {
                    return -1;
                }

                from += skip;
            }

            if (MatchAt(text, from) is >= 0 and var end)
            {
                return end;
            }
        }

        return -1;
    }

    /// <summary>True when the piece begins at <paramref name="from"/> or later and ends with the text.</summary>
    public bool IsEnd(ReadOnlySpan<char> text, int from)
    {
        for (var at = Math.Max(from, text.Length - _longest); at <= text.Length; at++)
        {
            if (MatchAt(text, at) == text.Length)
            {
                return true;
            }
        }

        return false;
    }
}
