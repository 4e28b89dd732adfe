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
        var source = root.Find("logsource") is { Kind: NodeKind.Mapping } mapping ? Slips(mapping, OfLogSource) : [];
        return Slips(root, OfRule).Concat(source).Select(slip => new RefusedRule(
            file, slip.Key.Line, slip.Key.Column, title, $"the key {slip.Key.Value} means nothing here, and is ignored", $"did you mean {slip.Meant}?"));
    }

    // A key that is there under its right name cannot have been meant by another.
    private static IEnumerable<(RuleNode Key, string Meant)> Slips(RuleNode node, string[] known) =>
        from entry in node.Entries
        where !known.Contains(entry.Key.Value)
        let meant = NearestName.Find(entry.Key.Value, known)
        where meant is not null && node.Find(meant) is null
        select (entry.Key, meant);
}
