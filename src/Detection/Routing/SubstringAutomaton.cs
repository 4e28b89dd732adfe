using System.Runtime.CompilerServices;

namespace Detection.Routing;

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

    // A row has a cell for each class and one for the number of the state's hit.
    private readonly int _width;

    // A position is the place of the state's row in the table, or what comes behind the table. The sign bit is set where there are hits.
    private readonly int[] _table;
    private readonly LiteralTrie _trie;
    private readonly int[] _fallback;
    private readonly int[] _hits;

    /// <param name="literals">Texts that are not empty.</param>
    /// <param name="hits">Takes the hits up.</param>
    /// <param name="cells">Bound on the table, in numbers of 4 bytes; the root's row is there in any case.</param>
    public SubstringAutomaton(
        IReadOnlyList<LiteralMarks> literals, LiteralHits hits, int cells = DefaultCells)
    {
        _classes = new CharacterClasses(literals.Select(literal => literal.Literal.Text));
        _trie = new LiteralTrie([.. literals.Select(literal => literal.Literal.Text)]);
        _width = _classes.Count + 1;
        _rows = Math.Clamp(cells / _width, 1, _trie.Count);
        _table = new int[_rows * _width];
        _fallback = new int[_trie.Count];
        _hits = new int[_trie.Count];
        _hits[0] = LiteralHits.None;
        for (var state = 0; state < _trie.Count; state++)
        {
            Complete(state, literals, hits);
        }
    }

    /// <summary>Marks every literal that is there.</summary>
    /// <returns>How many steps were taken: at most three for each character.</returns>
    /// <remarks>
    /// Each step waits for the one before it, so the halves of a text are gone through side by side. What begins in the first half is
    /// followed into the second as far as it goes; all else there is found from the middle on.
    /// </remarks>
    public int Scan(ReadOnlySpan<char> text, RecordMarks marks)
    {
        var half = text.Length / 2;
        var (first, second, steps) = (0, 0, text.Length);
        for (var i = 0; i < half; i++)
        {
            first = Step(first, text[i], marks, ref steps);
            second = Step(second, text[half + i], marks, ref steps);
        }

        if (2 * half < text.Length)
        {
            Step(second, text[^1], marks, ref steps);
        }

        for (var i = half; i < text.Length && _trie.Depth(StateAt(first)) > i - half; i++, steps++)
        {
            first = Step(first, text[i], marks, ref steps);
        }

        return steps;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Step(int position, char c, RecordMarks marks, ref int steps)
    {
        var ascii = _classes.Ascii;
        var symbol = c < ascii.Length ? ascii[c] : _classes.Of(c);
        var next = position < _table.Length ? _table[position + symbol] : Beyond(position, c, symbol, ref steps);
        if (next < 0)
        {
            next &= PositionMask;
            marks.Hit(next < _table.Length ? _table[next + _width - 1] : _hits[StateAt(next)]);
        }

        return next;
    }

    private int StateAt(int position) => position < _table.Length ? position / _width : position - _table.Length + _rows;

    private int PositionOf(int state)
    {
        var position = state < _rows ? state * _width : state - _rows + _table.Length;
        return _hits[state] >= 0 ? position | ~PositionMask : position;
    }

    private int Beyond(int position, char c, int symbol, ref int steps)
    {
        if (symbol == 0)
        {
            return 0;
        }

        var folded = Folding.Fold(c);
        var state = StateAt(position);
        for (; state >= _rows; state = _fallback[state], steps++)
        {
            if (_trie.Find(state, folded) is var next and >= 0)
            {
                return PositionOf(next);
            }
        }

        return _table[(state * _width) + symbol];
    }

    // The state's fallback is nearer to the root, so its row, hits and edges are complete.
    private void Complete(int state, IReadOnlyList<LiteralMarks> literals, LiteralHits hits)
    {
        if (state > 0 && state < _rows)
        {
            _table.AsSpan(_fallback[state] * _width, _width).CopyTo(_table.AsSpan(state * _width));
        }

        if (state < _rows)
        {
            _table[(state * _width) + _width - 1] = _hits[state];
        }

        var (first, end) = _trie.Children(state);
        for (var child = first; child < end; child++)
        {
            var symbol = _trie.Symbol(child);
            _fallback[child] = state == 0 ? 0 : Next(_fallback[state], symbol);
            var implied = _hits[_fallback[child]];
            List<int>? marks = null;
            foreach (var literal in _trie.Ends(child))
            {
                (marks ??= []).AddRange(literals[literal].Marks);
            }

            _hits[child] = marks is null ? implied : hits.Add(marks, implied);
            if (state < _rows)
            {
                _table[(state * _width) + _classes.Of(symbol)] = PositionOf(child);
            }
        }
    }

    private int Next(int state, char symbol)
    {
        var (steps, position) = (0, PositionOf(state) & PositionMask);
        var next = state < _rows ? _table[position + _classes.Of(symbol)] : Beyond(position, symbol, _classes.Of(symbol), ref steps);
        return StateAt(next & PositionMask);
    }
}
