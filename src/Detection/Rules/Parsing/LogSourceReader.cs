using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads <c>logsource</c>.</summary>
internal static class LogSourceReader
{
    /// <summary>The records that the rule sees.</summary>
    public static LogSource Read(RuleNode root)
    {
        var source = (root.Find("logsource") ?? throw root.Fault("logsource is missing", "product: linux with a category"))
            .AsMapping("logsource");
        var said = new LogSource(Value(source, "category"), Value(source, "product"), Value(source, "service"));
        return said != new LogSource("", "", "") ? said : throw source.Fault("logsource is empty", "product: linux with a category");
    }

    private static string Value(RuleNode source, string key) => source.Find(key)?.Text(key) ?? "";
}
