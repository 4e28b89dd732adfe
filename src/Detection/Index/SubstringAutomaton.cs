namespace Detection.Index;

/// <summary>
/// Finds literals anywhere in a text: an Aho–Corasick automaton. Immutable, thread-safe. Time is linear in the text, whatever it says.
/// </summary>
/// <remarks>
/// The states next to the root, where most texts stay, have a complete row of a table each; how many, a bound on the table decides.
/// States beyond have only their own edges and the state to fall back to.
/// </remarks>
internal sealed class SubstringAutomaton
{
    /// <summary>Cells of the table unless said otherwise: 2 MiB.</summary>
    public const int DefaultCells = 1 << 19;

    private const int PositionMask = int.MaxValue;

    private readonly CharacterClasses _classes;
    private readonly int _rows;

    // A position is the place of the state's row in the table, or what comes behind the table. The sign bit is set where there are hits.
    private readonly int[] _table;
    private readonly EdgeTable _edges = new();
    private readonly int[] _fallback;
    private readonly int[] _hits;

    /// <param name="literals">Folded texts, not empty, and what they mark.</param>
    /// <param name="hits">Takes the hits up.</param>
    /// <param name="cells">Bound on the table, in numbers of 4 bytes; the root's row is there in any case.</param>
    public SubstringAutomaton(IReadOnlyList<(string Text, IEnumerable<int> Marks)> literals, LiteralHits hits, int cells = DefaultCells)
    {
        _classes = new CharacterClasses(literals.Select(literal => literal.Text));
        var trie = new Trie();
        foreach (var (text, marks) in literals)
        {
            trie.Add(text.Select(c => _classes.Of(c)), marks);
        }

        var count = trie.Nodes.Count;
        _rows = Math.Clamp(cells / _classes.Count, 1, count);
        _table = new int[_rows * _classes.Count];
        _fallback = new int[count];
        _hits = new int[count];
        Build(trie, hits);
    }

    /// <summary>Marks every literal that is there.</summary>
    /// <returns>How many steps were taken: one for each character, and at most one more for each.</returns>
    public int Scan(ReadOnlySpan<char> text, RecordMarks marks)
    {
        var (classes, table) = (_classes, _table);
        var position = 0;
        var steps = text.Length;
        foreach (var c in text)
        {
            var symbol = classes.Of(c);
            var next = (uint)position < (uint)table.Length ? table[position + symbol] : Beyond(position, symbol, ref steps);
            position = next & PositionMask;
            if (next < 0)
            {
                marks.Hit(_hits[StateAt(position)]);
            }
        }

        return steps;
    }

    private int StateAt(int position) => position < _table.Length ? position / _classes.Count : position - _table.Length + _rows;

    private int PositionOf(int state)
    {
        var position = state < _rows ? state * _classes.Count : state - _rows + _table.Length;
        return _hits[state] >= 0 ? position | ~PositionMask : position;
    }

    private int Beyond(int position, int symbol, ref int steps)
    {
        if (symbol == 0)
        {
            return 0;
        }

        var state = StateAt(position);
        while (state >= _rows)
        {
            var next = _edges.Find(state, symbol);
            if (next >= 0)
            {
                return PositionOf(next);
            }

            state = _fallback[state];
            steps++;
        }

        return _table[(state * _classes.Count) + symbol];
    }

    // States are numbered by depth: a state's fallback, which is nearer to the root, is complete before the state is looked at.
    private void Build(Trie trie, LiteralHits hits)
    {
        var nodes = new List<int>(trie.Nodes.Count) { 0 };
        _hits[0] = LiteralHits.None;
        for (var state = 0; state < nodes.Count; state++)
        {
            if (state > 0 && state < _rows)
            {
                var width = _classes.Count;
                _table.AsSpan(_fallback[state] * width, width).CopyTo(_table.AsSpan(state * width));
            }

            foreach (var (symbol, node) in trie.Nodes[nodes[state]].Children)
            {
                var child = nodes.Count;
                nodes.Add(node);
                AddEdge(state, symbol, child, trie.Nodes[node].Marks, hits);
            }
        }
    }

    private void AddEdge(int state, int symbol, int child, List<int> marks, LiteralHits hits)
    {
        _fallback[child] = state == 0 ? 0 : StateAt(Next(_fallback[state], symbol) & PositionMask);
        var implied = _hits[_fallback[child]];
        _hits[child] = marks.Count > 0 ? hits.Add(marks, implied) : implied;
        if (state < _rows)
        {
            _table[(state * _classes.Count) + symbol] = PositionOf(child);
        }
        else
        {
            _edges.Add(state, symbol, child);
        }
    }

    private int Next(int state, int symbol)
    {
        var steps = 0;
        return state < _rows ? _table[(state * _classes.Count) + symbol] : Beyond(PositionOf(state) & PositionMask, symbol, ref steps);
    }
}
