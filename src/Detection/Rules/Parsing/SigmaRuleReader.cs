using System.Text;
using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>Reads a document with <c>detection</c>.</summary>
internal static class SigmaRuleReader
{
    /// <summary>The rule of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="context">What is shared.</param>
    /// <param name="filters">Filters that may apply to it.</param>
    /// <param name="alertsAlone">It is more than a part of correlations.</param>
    /// <exception cref="RuleFault">It uses what is wrong or not supported.</exception>
    public static SigmaRule Read(RuleDocument document, ReadContext context, IReadOnlyList<RuleFilter> filters, bool alertsAlone)
    {
        context.Placeholders.ForgetUsed();
        var root = document.Root;
        var source = LogSourceReader.Read(root);
        var detection = root.Find("detection")!.AsMapping("detection");
        var matcher = ReadDetection(detection, context);
        var meaning = new StringBuilder("rule");
        root.Find("logsource")!.AppendCanonical(meaning, "definition");
        detection.AppendCanonical(meaning);
        context.Placeholders.AppendUsed(meaning);

        var parts = source.Items(context).Append(matcher).ToList();
        foreach (var filter in filters.Where(filter => filter.AppliesTo(document, source)))
        {
            parts.Add(filter.Matcher);
            meaning.Append(filter.Meaning);
        }

        return new SigmaRule(RuleInfoReader.Read(document, meaning.ToString()), source.Source, AllOf.Of(parts), alertsAlone);
    }

    private static Matcher ReadDetection(RuleNode detection, ReadContext context)
    {
        var condition = detection.Find("condition") ?? throw detection.Fault("condition is missing", "for example: condition: selection");
        if (detection.Find("timeframe") is { } timeframe)
        {
            throw timeframe.Fault("timeframe in a detection is the old form of correlations", "write a correlation rule with a timespan");
        }

        return SearchReader.ReadCondition(condition, SearchReader.ReadAll(detection, context, "condition"));
    }
}
