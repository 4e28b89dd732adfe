using Detection.Rules;
using Detection.Rules.Parsing;
using Wire.Text;

namespace LocalPipeline.Rules.Checking;

/// <summary>
/// Finds keys that look like misspelled ones. Sigma allows keys of one's own, and ignores them: so a slip in <c>level</c> goes unseen.
/// </summary>
internal static class KeyChecker
{
    private static readonly string[] OfRule =
    [
        "title", "id", "name", "related", "taxonomy", "status", "description", "license", "author", "references", "date", "modified", "logsource",
        "detection", "correlation", "filter", "fields", "falsepositives", "level", "tags", "scope", "generate", "next_steps", "action",
    ];

    // Beside its right name a key is a slip only if it is nearly that: others may be keys of one's own.
    private const int ShortestBeside = 5;

    private static readonly string[] OfLogSource = ["category", "product", "service", "definition"];

    /// <summary>A warning for each of them.</summary>
    internal static IEnumerable<RefusedRule> Warnings(IEnumerable<RuleSource> sources) =>
        from source in sources
        from document in RuleDocumentReader.Read(source)
        from warning in OfDocument(source.Name, document.Root)
        select warning;

    private static IEnumerable<RefusedRule> OfDocument(string file, RuleNode root)
    {
        if (root.Kind != NodeKind.Mapping)
        {
            return [];
        }

        var title = root.Find("title") is { Kind: NodeKind.Scalar } found ? found.Value : "";
        var ofSource = root.Find("logsource") is { Kind: NodeKind.Mapping } source ? Slips(source, OfLogSource) : [];
        return Slips(root, OfRule).Select(slip => Warning(slip, "means nothing here, and is ignored"))
            .Concat(ofSource.Select(slip => Warning(slip, "names a field that the records must have")));

        RefusedRule Warning((RuleNode Key, string Meant) slip, string consequence) =>
            new(file, slip.Key.Line, slip.Key.Column, title, $"the key {slip.Key.Value} {consequence}", $"did you mean {slip.Meant}?");
    }

    private static IEnumerable<(RuleNode Key, string Meant)> Slips(RuleNode node, string[] known) =>
        from entry in node.Entries
        where !known.Contains(entry.Key.Value)
        let meant = NearestName.Find(entry.Key.Value, known)
        where meant is not null && (node.Find(meant) is null || IsNearly(entry.Key.Value, meant))
        select (entry.Key, meant);

    private static bool IsNearly(string name, string meant) => name.Length >= ShortestBeside && NearestName.Find(name, [meant], most: 1) is not null;
}
