namespace Detection.Index;

/// <summary>Literals as a tree of character classes, while an index is built. Nodes are numbered from 0, the root.</summary>
internal sealed class Trie
{
    private readonly List<Node> _nodes = [new Node()];

    /// <summary>The edges.</summary>
    public EdgeTable Edges { get; } = new();

    /// <summary>All nodes.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Adds a literal.</summary>
    /// <param name="symbols">Classes of its characters, from 1.</param>
    /// <param name="marks">What a hit marks.</param>
    public void Add(IEnumerable<int> symbols, IEnumerable<int> marks)
    {
        var node = 0;
        foreach (var symbol in symbols)
        {
            var next = Edges.Find(node, symbol);
            if (next < 0)
            {
                next = _nodes.Count;
                _nodes.Add(new Node());
                _nodes[node].Children.Add((symbol, next));
                Edges.Add(node, symbol, next);
            }

            node = next;
        }

        _nodes[node].Marks.AddRange(marks);
    }

    /// <summary>A place in the tree: the end of at least one literal's beginning.</summary>
    internal sealed class Node
    {
        /// <summary>The nodes one character further.</summary>
        public List<(int Symbol, int Node)> Children { get; } = [];

        /// <summary>What the literals that end here mark.</summary>
        public List<int> Marks { get; } = [];
    }
}
