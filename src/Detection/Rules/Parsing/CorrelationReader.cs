using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads a document with <c>correlation</c>.</summary>
internal static partial class CorrelationReader
{
    private const int MaxThreshold = 1_000_000;
    private const long MaxTimespanNs = 7L * 24 * 60 * 60 * 1_000_000_000;

    /// <summary>The correlation of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="resolve">Finds the rule that a reference names, or throws a <see cref="RuleFault"/>.</param>
    public static CorrelationRule Read(RuleDocument document, FieldTable fields, Func<RuleNode, Rule> resolve)
    {
        var root = document.Root;
        var correlation = root.Find("correlation")!.AsMapping("correlation");
        CheckKeys(correlation);
        _ = Generates(root, correlation);
        var type = ReadType(correlation);
        var references = References(Required(correlation, "rules", "the ids or names of rules"));
        var rules = references.Select(resolve).ToList();
        CheckRules(type, correlation.Find("rules")!, rules);
        return new CorrelationRule(RuleInfoReader.Read(document, Meaning(correlation, rules)), alertsAlone: true)
        {
            Type = type,
            Rules = rules,
            GroupBy = GroupByReader.Read(correlation, type, references, rules, fields),
            TimespanNs = ReadTimespan(Required(correlation, "timespan", "for example 10s, 5m, 1h or 1d")),
            Condition = ReadCondition(correlation, type),
        };
    }

    /// <summary>The names that <c>rules</c> holds: a list, or one name.</summary>
    public static IReadOnlyList<RuleNode> References(RuleNode rules) => rules.Kind == NodeKind.Sequence ? rules.Items : [rules];

    /// <summary>Whether the parts alert on their own, too: said at the top of the document or inside the correlation.</summary>
    public static bool Generates(RuleNode root, RuleNode correlation)
    {
        RuleNode? outer = root.Find("generate"), inner = correlation.Find("generate");
        var generates = (outer ?? inner)?.Boolean("generate") ?? false;
        return inner is null || inner.Boolean("generate") == generates
            ? generates
            : throw inner.Fault("generate is said twice, and differently");
    }

    private static void CheckKeys(RuleNode correlation)
    {
        foreach (var (key, _) in correlation.Entries)
        {
            if (key.Value is not ("type" or "rules" or "group-by" or "timespan" or "aliases" or "condition" or "generate"))
            {
                throw key.Fault($"correlation has no key '{key.Value}'", "type, rules, group-by, timespan, aliases, condition, generate");
            }
        }
    }

    private static RuleNode Required(RuleNode correlation, string key, string wayOut) =>
        correlation.Find(key) ?? throw correlation.Fault($"{key} is missing", wayOut);

    private static CorrelationType ReadType(RuleNode correlation)
    {
        var node = Required(correlation, "type", "event_count or temporal_ordered");
        return node.Text("type") switch
        {
            "event_count" => CorrelationType.EventCount,
            "temporal_ordered" => CorrelationType.TemporalOrdered,
            "temporal" or "value_count" or "value_sum" or "value_avg" or "value_percentile" or "value_median" =>
                throw node.Fault($"correlation type '{node.Value}' is not supported", "event_count or temporal_ordered"),
            _ => throw node.Fault($"correlation type '{node.Value}' is not known", "event_count or temporal_ordered"),
        };
    }

    private static void CheckRules(CorrelationType type, RuleNode node, List<Rule> rules)
    {
        if (type == CorrelationType.TemporalOrdered && rules.Count < 2)
        {
            throw node.Fault("temporal_ordered needs at least two rules");
        }

        if (type == CorrelationType.EventCount && (rules.Count == 0 || rules.Distinct().Count() < rules.Count))
        {
            throw node.Fault("event_count needs at least one rule, each once");
        }
    }

    private static long ReadTimespan(RuleNode node)
    {
        var match = Timespan().Match(node.Text("timespan"));
        if (!match.Success || !long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            throw node.Fault($"'{node.Value}' is not a timespan", "a number above 0 and s, m, h or d, for example 10s");
        }

        var unitNs = match.Groups[2].Value switch { "s" => 1L, "m" => 60L, "h" => 3_600L, _ => 86_400L } * 1_000_000_000;
        return count <= MaxTimespanNs / unitNs ? count * unitNs : throw node.Fault("the timespan is longer than 7 days");
    }

    private static NumericCondition? ReadCondition(RuleNode correlation, CorrelationType type)
    {
        var condition = correlation.Find("condition");
        if (type == CorrelationType.TemporalOrdered)
        {
            return condition is null ? null : throw condition.Fault(
                "a condition of temporal_ordered is not supported", "leave it out: then every rule must occur, in order");
        }

        condition ??= Required(correlation, "condition", "for example condition: { gte: 10 }");
        condition.AsMapping("condition");
        foreach (var (key, _) in condition.Entries)
        {
            if (key.Value is "lt" or "lte" or "eq" or "neq")
            {
                throw key.Fault($"the upper bound '{key.Value}' is not supported", "gt or gte");
            }
        }

        if (condition.Entries.Count != 1 || condition.Entries[0].Key.Value is not ("gt" or "gte"))
        {
            throw condition.Fault("the condition of event_count is one lower bound", "gt or gte with a number");
        }

        var (bound, value) = condition.Entries[0];
        var number = value.Kind == NodeKind.Scalar ? ScalarReader.Read(value) : default;
        var more = bound.Value == "gt" ? 1 : 0;
        return number.Kind == FieldKind.Number && number.Number == decimal.Truncate(number.Number)
            && number.Number >= 1 - more && number.Number <= MaxThreshold - more
            ? new NumericCondition(number.Number, more == 0)
            : throw value.Fault($"the bound must be a whole number, and the count asked 1 to {MaxThreshold}");
    }

    private static string Meaning(RuleNode correlation, List<Rule> rules)
    {
        var text = new StringBuilder("correlation");
        correlation.AppendCanonical(text, "rules", "generate");
        rules.ForEach(rule => text.Append(' ').Append(rule.Info.SemanticHash));
        return text.ToString();
    }

    [GeneratedRegex("^([0-9]{1,9})([smhd])$", RegexOptions.CultureInvariant)]
    private static partial Regex Timespan();
}
