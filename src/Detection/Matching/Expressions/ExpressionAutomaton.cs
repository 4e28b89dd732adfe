using System.Runtime.InteropServices;

namespace Detection.Matching.Expressions;

/// <summary>
/// A program's steps taken all at once: where a text has come to is a node, and the way on from there is found out once for each class of characters. So a character
/// mostly costs one look. What it grows to is bounded: beyond that it forgets all. Not thread-safe.
/// </summary>
internal sealed class ExpressionAutomaton
{
    /// <summary>
    /// Most nodes; each takes some 300 bytes, two more for each step that waits, and eight for each class of characters that was met. No rule that we know makes an
    /// expression need an eighth as many.
    /// </summary>
    public const int MostNodes = 8_192;

    private static readonly Node Found = new("");
    private static readonly Node Lost = new("");

    private readonly ExpressionProgram _program;
    private readonly CharacterClasses _classes;
    private readonly int _mostNodes;
    private readonly int _mostWaiting;
    private readonly Behind _asked;
    private readonly bool _beginsAnywhere;
    private readonly Dictionary<string, Node> _nodes = [];
    private readonly Node _start;
    private int _waiting;

    // For one way at a time.
    private readonly bool[] _visited;
    private readonly Stack<int> _open = new();
    private readonly List<char> _next = [];

    /// <param name="program">The expression.</param>
    /// <param name="mostNodes">With more nodes it forgets them.</param>
    /// <param name="mostWaiting">And with more steps that wait in all of them together.</param>
    public ExpressionAutomaton(ExpressionProgram program, int mostNodes = MostNodes, int mostWaiting = int.MaxValue)
    {
        (_program, _mostNodes, _mostWaiting) = (program, mostNodes, mostWaiting);
        _classes = new CharacterClasses(program.Tests);
        _visited = new bool[program.Steps.Length];
        _asked = program.Steps.Where(step => step.Kind == StepKind.Place).Aggregate(default(Behind), (asked, step) => asked | AskedBy((PlaceKind)step.First));
        _beginsAnywhere = BeginsAnywhere();
        _start = NodeOf(Behind.Start);
    }

    private enum Behind : ushort
    {
        Start = 1,
        LineFeed = 2,
        Word = 4,
    }

    /// <summary>Nodes that it keeps.</summary>
    public int Nodes => _nodes.Count;

    /// <summary>How often a way on was found out, each at the cost of a visit of all steps at most.</summary>
    public long WaysFound { get; private set; }

    /// <summary>True when the expression is somewhere in the text; null when it does not know, for the nodes or the new ways are too many.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mostWays">So many ways on it may find out for this text.</param>
    public bool? IsFound(ReadOnlySpan<char> text, long mostWays = int.MaxValue)
    {
        if (text.Length < _program.MinLength)
        {
            return false;
        }

        var node = _start;
        mostWays += WaysFound;
        for (var at = 0; at <= text.Length; at++)
        {
            if (node == _start && _program.Starts is { } starts)
            {
                var ahead = text[at..].IndexOfAny(starts);
                if (ahead < 0)
                {
                    return false;
                }

                at += ahead;
            }

            var next = ClassAt(text, at);
            if (next < node.Ways.Length && node.Ways[next] is { } known)
            {
                node = known;
            }
            else if (WaysFound < mostWays && FindWay(node, next) is { } found)
            {
                node = found;
            }
            else
            {
                return null;
            }

            if (node == Found || node == Lost)
            {
                return node == Found;
            }
        }

        return false;
    }

    private int ClassAt(ReadOnlySpan<char> text, int at) =>
        at == text.Length ? CharacterClasses.End
        : at == text.Length - 1 && text[at] == '\n' ? CharacterClasses.LastLineFeed
        : _classes.Of(text[at]);

    // Null when the nodes are too many with the one that it leads to.
    private Node? FindWay(Node from, int next)
    {
        if (next >= from.Ways.Length)
        {
            Array.Resize(ref from.Ways, _classes.Count);
        }

        WaysFound++;
        var way = from.Ways[next] = Follow(from, next);
        if (_nodes.Count <= _mostNodes && _waiting <= _mostWaiting)
        {
            return way;
        }

        Forget();
        return null;
    }

    // As ExpressionSearch does it for one character.
    private Node Follow(Node from, int next)
    {
        Array.Clear(_visited);
        _open.Clear();
        _next.Clear();
        _open.Push(0);
        foreach (var step in from.Waiting)
        {
            _open.Push(step);
        }

        while (_open.TryPop(out var step))
        {
            if (_visited[step])
            {
                continue;
            }

            _visited[step] = true;
            var (kind, first, second) = _program.Steps[step];
            switch (kind)
            {
                case StepKind.Character when _classes.Holds(next, first):
                    _next.Add((char)(step + 1));
                    break;
                case StepKind.Place when IsAt((PlaceKind)first, from.Behind, next):
                    _open.Push(step + 1);
                    break;
                case StepKind.Fork:
                    _open.Push(first);
                    _open.Push(second);
                    break;
                case StepKind.Found:
                    return Found;
                default:
                    break;
            }
        }

        _next.Sort();
        return next == CharacterClasses.End || (_next.Count == 0 && !_beginsAnywhere) ? Lost
            : NodeOf((_classes.IsLineFeed(next) ? Behind.LineFeed : 0) | (_classes.IsWord(next) ? Behind.Word : 0));
    }

    // The node of _next, with as much of what is behind it as matters.
    private Node NodeOf(Behind behind)
    {
        behind &= _next.Count == 0 && _program.Starts is not null ? 0 : _asked;
        _next.Add((char)behind);
        var key = new string(CollectionsMarshal.AsSpan(_next));
        if (!_nodes.TryGetValue(key, out var node))
        {
            _nodes.Add(key, node = new Node(key));
            _waiting += node.Waiting.Length;
        }

        return node;
    }

    private void Forget()
    {
        _waiting = 0;
        _nodes.Clear();
        _start.Ways = [];
        _nodes.Add(_start.Key, _start);
    }

    private bool IsAt(PlaceKind kind, Behind behind, int next) => kind switch
    {
        PlaceKind.Start => (behind & Behind.Start) != 0,
        PlaceKind.End => next == CharacterClasses.End,
        PlaceKind.EndOrLastLineFeed => next is CharacterClasses.End or CharacterClasses.LastLineFeed,
        PlaceKind.LineStart => (behind & (Behind.Start | Behind.LineFeed)) != 0,
        PlaceKind.LineEnd => next == CharacterClasses.End || _classes.IsLineFeed(next),
        _ => ((behind & Behind.Word) != 0 != _classes.IsWord(next)) == (kind == PlaceKind.WordEdge),
    };

    private static Behind AskedBy(PlaceKind kind) => kind switch
    {
        PlaceKind.Start => Behind.Start,
        PlaceKind.LineStart => Behind.Start | Behind.LineFeed,
        PlaceKind.WordEdge or PlaceKind.NoWordEdge => Behind.Word,
        _ => 0,
    };

    // False where whatever is found begins at the start of the text.
    private bool BeginsAnywhere()
    {
        var (visited, open) = (new HashSet<int>(), new Stack<int>([0]));
        while (open.TryPop(out var step))
        {
            var (kind, first, second) = _program.Steps[step];
            if (kind is StepKind.Character or StepKind.Found)
            {
                return true;
            }

            if (visited.Add(step) && kind == StepKind.Fork)
            {
                open.Push(first);
                open.Push(second);
            }
            else if (kind == StepKind.Place && (PlaceKind)first != PlaceKind.Start)
            {
                open.Push(step + 1);
            }
        }

        return false;
    }

    // Named by the steps that wait behind the characters so far, and what of those matters. Where it may begin anew is not among the steps.
    private sealed class Node(string key)
    {
        public readonly string Key = key;
        public Node?[] Ways = [];

        public ReadOnlySpan<char> Waiting => Key.AsSpan(0, Key.Length - 1);

        public Behind Behind => (Behind)Key[^1];
    }
}
