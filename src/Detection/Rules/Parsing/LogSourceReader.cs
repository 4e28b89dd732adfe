using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads <c>logsource</c>: which records a document is about.</summary>
internal sealed class LogSourceReader
{
    private readonly List<RuleEntry> _custom;

    private LogSourceReader(LogSource source, List<RuleEntry> custom)
    {
        Source = source;
        _custom = custom;
    }

    /// <summary>Category, product and service.</summary>
    public LogSource Source { get; }

    /// <summary>The log source of a document.</summary>
    public static LogSourceReader Read(RuleNode root)
    {
        var node = (root.Find("logsource") ?? throw root.Fault("logsource is missing", "for example product: linux with a category"))
            .AsMapping("logsource");
        var source = new LogSource(Value(node, "category"), Value(node, "product"), Value(node, "service"));
        if (source == new LogSource("", "", ""))
        {
            throw node.Fault("logsource says neither category nor product nor service", "for example product: linux with a category");
        }

        var custom = node.Entries.Where(entry => entry.Key.Value is not ("category" or "product" or "service" or "definition")).ToList();
        custom.ForEach(entry => _ = entry.Value.Text($"logsource {entry.Key.Value}"));
        return new LogSourceReader(source, custom);
    }

    /// <summary>Keys beside the three known ones: each is a field that the record must have with this value.</summary>
    public IEnumerable<Matcher> Items(ReadContext context) => _custom.Select(entry => ItemReader.ReadEquality(entry.Key, entry.Value, context));

    /// <summary>True when <paramref name="other"/> is the same or says more.</summary>
    public bool Covers(LogSourceReader other) =>
        Source.Covers(other.Source) && _custom.TrueForAll(mine => other._custom.Exists(
            entry => entry.Key.Value == mine.Key.Value && string.Equals(entry.Value.Value, mine.Value.Value, StringComparison.OrdinalIgnoreCase)));

    private static string Value(RuleNode source, string key) => source.Find(key)?.Text("logsource " + key) ?? "";
}
