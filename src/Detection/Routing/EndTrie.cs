using Detection.Matching;

namespace Detection.Routing;

/// <summary>
/// Finds literals at the start of a text, or at its end, or that are the whole text. Reads no further than the longest literal fits.
/// Immutable, thread-safe.
/// </summary>
internal sealed class EndTrie
{
    private readonly LiteralTrie _trie;
    private readonly int[] _hits;
    private readonly int[] _wholeHits;
    private readonly bool _fromEnd;

    /// <param name="literals">Those that must be the whole text, and those that must begin or end it.</param>
    /// <param name="fromEnd">Literals are at the end.</param>
    /// <param name="hits">Takes the hits up.</param>
    public EndTrie(IReadOnlyList<LiteralMarks> literals, bool fromEnd, LiteralHits hits)
    {
        _fromEnd = fromEnd;
        _trie = new LiteralTrie([.. literals.Select(literal => fromEnd ? Reversed(literal.Literal.Text) : literal.Literal.Text)]);
        _hits = new int[_trie.Count];
        _wholeHits = new int[_trie.Count];
        for (var node = 0; node < _trie.Count; node++)
        {
            _hits[node] = HitOf(node, whole: false);
            _wholeHits[node] = HitOf(node, whole: true);
        }

        int HitOf(int node, bool whole)
        {
            List<int>? marks = null;
            foreach (var end in _trie.Ends(node))
            {
                if ((literals[end].Literal.Place == PatternPlace.Whole) == whole)
                {
                    (marks ??= []).AddRange(literals[end].Marks);
                }
            }

            return marks is null ? LiteralHits.None : hits.Add(marks);
        }
    }

    /// <summary>Marks every literal that is there.</summary>
    /// <returns>How many characters were read.</returns>
    public int Scan(ReadOnlySpan<char> text, RecordMarks marks)
    {
        var node = 0;
        for (var read = 0; ; read++)
        {
            if (_hits[node] >= 0)
            {
                marks.Hit(_hits[node]);
            }

            if (read == text.Length)
            {
                marks.Hit(_wholeHits[node]);
                return read;
            }

            node = _trie.Find(node, Folding.Fold(text[_fromEnd ? text.Length - 1 - read : read]));
            if (node < 0)
            {
                return read + 1;
            }
        }
    }

    private static string Reversed(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }
}
