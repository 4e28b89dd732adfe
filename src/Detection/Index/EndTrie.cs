namespace Detection.Index;

/// <summary>
/// Finds literals at the start of a text, or at its end, or that are the whole text. Reads no further than the longest literal fits.
/// Immutable, thread-safe.
/// </summary>
internal sealed class EndTrie
{
    private readonly CharacterClasses _classes;
    private readonly EdgeTable _edges;
    private readonly int[] _hits;
    private readonly bool _fromEnd;

    /// <param name="literals">Folded texts, what they mark, and whether they must be the whole text.</param>
    /// <param name="fromEnd">Literals are at the end.</param>
    /// <param name="hits">Takes the hits up.</param>
    public EndTrie(IReadOnlyList<(string Text, bool Whole, IEnumerable<int> Marks)> literals, bool fromEnd, LiteralHits hits)
    {
        _fromEnd = fromEnd;
        _classes = new CharacterClasses(literals.Select(literal => literal.Text));
        var trie = new Trie();
        foreach (var (text, whole, marks) in literals)
        {
            var symbols = (fromEnd ? text.Reverse() : text).Select(c => _classes.Of(c));
            trie.Add(whole ? symbols.Append(EndOfText) : symbols, marks);
        }

        _edges = trie.Edges;
        _hits = new int[trie.Nodes.Count];
        for (var node = 0; node < _hits.Length; node++)
        {
            var marks = trie.Nodes[node].Marks;
            _hits[node] = marks.Count > 0 ? hits.Add(marks) : LiteralHits.None;
        }
    }

    private int EndOfText => _classes.Count;

    /// <summary>Marks every literal that is there.</summary>
    /// <returns>How many characters were read.</returns>
    public int Scan(ReadOnlySpan<char> text, RecordMarks marks)
    {
        var node = 0;
        var read = 0;
        while (true)
        {
            if (_hits[node] >= 0)
            {
                marks.Hit(_hits[node]);
            }

            if (read == text.Length)
            {
                break;
            }

            var c = text[_fromEnd ? text.Length - ++read : read++];
            node = _classes.Of(c) is var symbol and > 0 ? _edges.Find(node, symbol) : -1;
            if (node < 0)
            {
                return read;
            }
        }

        if (_edges.Find(node, EndOfText) is var end and >= 0)
        {
            marks.Hit(_hits[end]);
        }

        return read;
    }
}
