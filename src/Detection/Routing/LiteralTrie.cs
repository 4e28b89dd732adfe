namespace Detection.Routing;

/// <summary>
/// Literals as a tree of characters. Nodes are numbered from 0, the root, by depth; the children of a node follow each other, sorted.
/// Immutable, thread-safe.
/// </summary>
internal sealed class LiteralTrie
{
    private const int None = -1;
    private const int FewChildren = 4;

    private readonly char[] _symbols;
    private readonly int[] _children;
    private readonly int[] _sorted;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int[] _depths;

    /// <param name="literals">The texts, in any order.</param>
    public LiteralTrie(IReadOnlyList<string> literals)
    {
        var texts = literals.ToArray();
        _sorted = new int[texts.Length];
        for (var i = 0; i < _sorted.Length; i++)
        {
            _sorted[i] = i;
        }

        Array.Sort(texts, _sorted, TextOrder.Ordinal);

        // A node is a range of the sorted texts that begin alike.
        List<int> starts = [0], ends = [texts.Length], depths = [0], children = [], counts = [];
        List<char> symbols = ['\0'];
        for (var node = 0; node < starts.Count; node++)
        {
            var (end, depth) = (ends[node], depths[node]);
            var first = starts[node];
            while (first < end && texts[first].Length == depth)
            {
                first++;
            }

            children.Add(starts.Count);
            counts.Add(first - starts[node]);
            for (var next = first; first < end; first = next)
            {
                while (next < end && texts[next][depth] == texts[first][depth])
                {
                    next++;
                }

                starts.Add(first);
                ends.Add(next);
                depths.Add(depth + 1);
                symbols.Add(texts[first][depth]);
            }
        }

        children.Add(starts.Count);
        (_symbols, _children, _starts, _counts, _depths) = ([.. symbols], [.. children], [.. starts], [.. counts], [.. depths]);
    }

    /// <summary>Number of nodes.</summary>
    public int Count => _counts.Length;

    /// <summary>The character by which a node that is not the root is reached.</summary>
    public char Symbol(int node) => _symbols[node];

    /// <summary>Characters from the root to a node.</summary>
    public int Depth(int node) => _depths[node];

    /// <summary>The nodes one character further: from the first to before the end.</summary>
    public (int First, int End) Children(int node) => (_children[node], _children[node + 1]);

    /// <summary>The literals that end at a node, by their place in the list.</summary>
    public ReadOnlySpan<int> Ends(int node) => _sorted.AsSpan(_starts[node], _counts[node]);

    /// <summary>The child that is reached by a character; below 0 when there is none.</summary>
    public int Find(int node, char symbol)
    {
        var (first, end) = (_children[node], _children[node + 1]);
        while (end - first > FewChildren)
        {
            var middle = (first + end) >> 1;
            if (_symbols[middle] <= symbol)
            {
                first = middle;
            }
            else
            {
                end = middle;
            }
        }

        for (; first < end; first++)
        {
            if (_symbols[first] == symbol)
            {
                return first;
            }
        }

        return None;
    }
}
