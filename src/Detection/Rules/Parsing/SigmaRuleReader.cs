using System.Text;
using Detection.Matching;
using Detection.Tuning;

namespace Detection.Rules.Parsing;

/// <summary>Reads a document with <c>detection</c>.</summary>
internal static class SigmaRuleReader
{
    /// <summary>The rule of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="context">What is shared.</param>
    /// <param name="filters">Filters that may apply to it.</param>
    /// <param name="tuning">What is changed about it.</param>
    /// <param name="alertsAlone">It is more than a part of correlations.</param>
    /// <param name="warnings">Takes what is probably not meant so.</param>
    /// <exception cref="RuleFault">It uses what is wrong or not supported.</exception>
    public static SigmaRule Read(
        RuleDocument document, ReadContext context, IReadOnlyList<RuleFilter> filters, RuleTuning tuning, bool alertsAlone, List<RefusedRule> warnings)
    {
        context.Placeholders.ForgetUsed();
        var root = document.Root;
        LogSourceReader? source = null;
        List<Matcher> parts = [];
        Matcher? matcher = null;
        IEnumerable<RuleFault> unused = [];
        context.Faults.Try(() => parts.AddRange((source = LogSourceReader.Read(root)).Items(context)));
        context.Faults.Try(() => (matcher, unused) = ReadDetection(root.Find("detection")!.AsMapping("detection"), context));
        var info = tuning.Apply(RuleInfoReader.Read(document, context.Faults));
        context.Faults.ThrowIfAny();
        warnings.AddRange(unused.Select(document.Refuse));

        var meaning = new StringBuilder("rule");
        root.Find("logsource")!.AppendCanonical(meaning, "definition");
        root.Find("detection")!.AppendCanonical(meaning);
        context.Placeholders.AppendUsed(meaning);

        parts.Add(matcher!);
        foreach (var filter in filters.Where(filter => filter.AppliesTo(document, source!)))
        {
            parts.Add(filter.Matcher);
            meaning.Append(filter.Meaning);
        }

        parts.AddRange(tuning.Exceptions.Select(exception => new Not(exception)));
        meaning.Append(tuning.Meaning);

        var whole = AllOf.Of(parts);
        var steps = new MatchCost().Of(whole);
        context.Budget.Spend(root.Find("detection")!, steps);
        return new SigmaRule(info with { SemanticHash = RuleInfoReader.Hash(meaning.ToString()) }, source!.Source, whole, alertsAlone)
        {
            StepsPerCharacter = steps,
        };
    }

    private static (Matcher Condition, IEnumerable<RuleFault> Unused) ReadDetection(RuleNode detection, ReadContext context)
    {
        if (detection.Find("timeframe") is { } timeframe)
        {
            context.Faults.Add(timeframe.Fault("timeframe in a detection is the old form of correlations", "write a correlation rule with a timespan"));
        }

        var searches = SearchReader.ReadAll(detection, context, "condition", "timeframe");
        var condition = detection.Find("condition") ?? throw detection.Fault("condition is missing", "for example: condition: selection");
        var matcher = SearchReader.ReadCondition(condition, searches, context);
        return (matcher, SearchReader.Unused(detection, matcher, searches));
    }
}
