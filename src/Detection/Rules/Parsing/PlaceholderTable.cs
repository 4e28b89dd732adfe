using System.Text;

namespace Detection.Rules.Parsing;

/// <summary>The values that <c>expand</c> puts for <c>%name%</c>. They come from documents whose only key is <c>placeholders</c>.</summary>
internal sealed class PlaceholderTable
{
    /// <summary>The key of a document that holds values.</summary>
    public const string Key = "placeholders";

    private readonly Dictionary<string, (RuleDocument Document, IReadOnlyList<string> Values)> _values = [];
    private readonly HashSet<string> _used = [];

    /// <summary>Takes the values of a document up, or refuses the document as a whole.</summary>
    public void Add(RuleDocument document, FaultList faults)
    {
        if (document.Root.Entries.Count > 1)
        {
            throw document.Root.Fault($"a document with {Key} holds nothing else", "a document of its own, with --- before and after it");
        }

        var entries = document.Root.Find(Key)!.AsMapping(Key).Entries;
        foreach (var (name, value) in entries)
        {
            faults.Try(() => Check(name, value));
        }

        faults.ThrowIfAny();
        entries.ForEach(entry => _values.Add(entry.Key.Value, (document, entry.Value.Texts("a placeholder"))));
    }

    /// <summary>The values of a placeholder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">Where it is used.</param>
    public IReadOnlyList<string> Resolve(string name, RuleNode node)
    {
        if (!_values.TryGetValue(name, out var found))
        {
            throw node.Fault($"placeholder '%{name}%' has no value", $"a document with '{Key}: {{ {name}: [value, ...] }}'");
        }

        _used.Add(name);
        return found.Values;
    }

    /// <summary>Adds what was resolved since the last call to the text of a rule's meaning, and forgets that it was.</summary>
    public void AppendUsed(StringBuilder meaning)
    {
        foreach (var name in _used.Order(StringComparer.Ordinal))
        {
            meaning.Append('%').Append(name.Length).Append(':').Append(name);
            foreach (var value in _values[name].Values)
            {
                meaning.Append(value.Length).Append(':').Append(value);
            }
        }

        _used.Clear();
    }

    /// <summary>Forgets what was resolved: a new document begins.</summary>
    public void ForgetUsed() => _used.Clear();

    private void Check(RuleNode name, RuleNode value)
    {
        if (name.Value.Length == 0 || name.Value.Contains('%'))
        {
            throw name.Fault($"'{name.Value}' is not the name of a placeholder", "at least one character, no %");
        }

        if (_values.TryGetValue(name.Value, out var first))
        {
            throw name.Fault(
                $"placeholder '{name.Value}' already has values at {first.Document.File}:{first.Document.Root.Line}", "one list for all");
        }

        if (value.Texts("a placeholder").Count == 0)
        {
            throw value.Fault($"placeholder '{name.Value}' has no value", "a text, or a list of texts");
        }
    }
}
