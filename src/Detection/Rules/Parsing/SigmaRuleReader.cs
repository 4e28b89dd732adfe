using System.Text;
using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads a document with <c>detection</c>.</summary>
internal static class SigmaRuleReader
{
    /// <summary>The rule of a document.</summary>
    /// <exception cref="RuleFault">It uses what is wrong or not supported.</exception>
    public static SigmaRule Read(RuleDocument document, FieldTable fields, bool alertsAlone)
    {
        var root = document.Root;
        var source = LogSourceReader.Read(root);
        var detection = root.Find("detection")!.AsMapping("detection");
        var matcher = ReadDetection(detection, fields);
        return new SigmaRule(RuleInfoReader.Read(document, Meaning(root, detection)), source, matcher, alertsAlone);
    }

    private static Matcher ReadDetection(RuleNode detection, FieldTable fields)
    {
        var condition = detection.Find("condition") ?? throw detection.Fault("condition is missing", "for example: condition: selection");
        if (detection.Find("timeframe") is { } timeframe)
        {
            throw timeframe.Fault("timeframe in a detection is the old form of correlations", "write a correlation rule with a timespan");
        }

        var searches = new Dictionary<string, Matcher>();
        foreach (var (name, search) in detection.Entries)
        {
            if (name.Value.Length == 0)
            {
                throw name.Fault("a search needs a name");
            }

            if (name.Value != "condition")
            {
                searches.Add(name.Value, SearchReader.Read(search, fields));
            }
        }

        // Several conditions are alternatives.
        return condition.Kind == NodeKind.Sequence && condition.Items.Count > 0
            ? AnyOf.Of([.. condition.Items.Select(item => ConditionParser.Parse(item, searches))])
            : ConditionParser.Parse(condition, searches);
    }

    private static string Meaning(RuleNode root, RuleNode detection)
    {
        var text = new StringBuilder("rule");
        root.Find("logsource")!.AppendCanonical(text, "definition");
        detection.AppendCanonical(text);
        return text.ToString();
    }
}
