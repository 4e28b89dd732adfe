using System.Text;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>A node of a YAML document with its place. Immutable once read.</summary>
internal sealed class RuleNode(NodeKind kind, int line, int column)
{
    // Below that, to look at every entry is faster than to ask a dictionary.
    private const int FewEntries = 8;

    private static readonly List<RuleNode> NoItems = [];
    private static readonly List<RuleEntry> NoEntries = [];

    private Dictionary<string, RuleNode>? _byKey;

    public NodeKind Kind { get; } = kind;

    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>Text of a scalar.</summary>
    public string Value { get; init; } = "";

    /// <summary>A scalar without quotes: may be a number, a boolean or null.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Elements of a sequence.</summary>
    public List<RuleNode> Items { get; } = kind == NodeKind.Sequence ? [] : NoItems;

    /// <summary>Entries of a mapping in the order written; keys are scalars and differ.</summary>
    public List<RuleEntry> Entries { get; } = kind == NodeKind.Mapping ? [] : NoEntries;

    /// <summary>How many nodes it stands for, itself among them, when aliases are written out.</summary>
    public long Size { get; private set; } = 1;

    /// <summary>How many levels are below it.</summary>
    public int Height { get; private set; }

    /// <summary>Adds an element to a sequence.</summary>
    public void Add(RuleNode item)
    {
        Items.Add(item);
        Count(item);
    }

    /// <summary>Adds an entry to a mapping; false when it has the key.</summary>
    public bool TryAdd(RuleNode key, RuleNode value)
    {
        if (Find(key.Value) is not null)
        {
            return false;
        }

        Entries.Add(new RuleEntry(key, value));
        if (Entries.Count > FewEntries)
        {
            _byKey ??= Entries.ToDictionary(entry => entry.Key.Value, entry => entry.Value);
            _byKey[key.Value] = value;
        }

        Count(key);
        Count(value);
        return true;
    }

    /// <summary>Value of a mapping's key, or null.</summary>
    public RuleNode? Find(string key)
    {
        if (_byKey is not null)
        {
            return _byKey.GetValueOrDefault(key);
        }

        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key)
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>A fault at this node.</summary>
    public RuleFault Fault(string reason, string wayOut) => new(Line, Column, reason, wayOut);

    /// <summary>Text of a scalar, whatever type it looks like.</summary>
    public string Text(string what) =>
        Kind == NodeKind.Scalar ? Value : throw Fault($"{what} must be text", "one text, neither list nor map");

    /// <summary>The texts of a list, or of a single scalar; none for an empty value.</summary>
    public IReadOnlyList<string> Texts(string what)
    {
        if (Kind == NodeKind.Sequence)
        {
            return [.. Items.Select(item => item.Text("each entry of " + what))];
        }

        return IsPlain && Value.Length == 0 ? [] : [Text(what)];
    }

    /// <summary>A boolean scalar.</summary>
    public bool Boolean(string what) => TryBoolean() ?? throw Fault($"{what} must be true or false", "true or false, without quotes");

    /// <summary>The value of a boolean scalar; null when it is none.</summary>
    public bool? TryBoolean() => Kind == NodeKind.Scalar && IsPlain ? ScalarReader.Boolean(Value) : null;

    /// <summary>Throws unless this is a mapping.</summary>
    public RuleNode AsMapping(string what) =>
        Kind == NodeKind.Mapping ? this : throw Fault($"{what} must be a map of keys and values", "key: value, each on its own line");

    /// <summary>
    /// Adds a form of the node that is equal for nodes of equal meaning: keys sorted, values tagged with type and length.
    /// </summary>
    /// <param name="text">Where to add.</param>
    /// <param name="skip">Keys of this mapping (not of inner ones) to leave out.</param>
    public void AppendCanonical(StringBuilder text, params ReadOnlySpan<string> skip)
    {
        switch (Kind)
        {
            case NodeKind.Scalar:
                text.Append(IsPlain ? 'p' : 'q').Append(Value.Length).Append(':').Append(Value);
                break;
            case NodeKind.Sequence:
                text.Append('[');
                Items.ForEach(item => item.AppendCanonical(text));
                text.Append(']');
                break;
            default:
                text.Append('{');
                RuleEntry[] sorted = [.. Entries];
                StableSort.Sort(sorted, (one, other) => TextOrder.Ordinal.Compare(one.Key.Value, other.Key.Value));
                foreach (var (key, value) in sorted)
                {
                    if (!skip.Contains(key.Value))
                    {
                        text.Append(key.Value.Length).Append(':').Append(key.Value);
                        value.AppendCanonical(text);
                    }
                }

                text.Append('}');
                break;
        }
    }

    private void Count(RuleNode part)
    {
        Size += part.Size;
        Height = Math.Max(Height, part.Height + 1);
    }
}
