using System.Text;
using Detection.Taxonomy;
using Detection.Tuning;
using Wire.Text;

namespace Detection.Rules.Parsing;

/// <summary>Reads a document with <c>correlation</c>.</summary>
internal static class CorrelationReader
{
    private static readonly string[] Keys = ["type", "rules", "group-by", "timespan", "aliases", "condition", "generate"];

    private static readonly string[] Types =
        ["event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_avg", "value_percentile", "value_median"];

    // Two lines a level double it. Each evaluation may go through all of them.
    private const int MaxWrittenOut = 256;

    /// <summary>The correlation of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="context">What is shared.</param>
    /// <param name="tuning">What is changed about it.</param>
    /// <param name="alertsAlone">It is more than a part of other correlations.</param>
    /// <param name="resolve">Finds the rule that a reference names, or throws a <see cref="RuleFault"/>.</param>
    public static CorrelationRule Read(RuleDocument document, ReadContext context, RuleTuning tuning, bool alertsAlone, Func<RuleNode, Rule> resolve)
    {
        var root = document.Root;
        var correlation = root.Find("correlation")!.AsMapping("correlation");
        var faults = context.Faults;
        CheckKeys(correlation, faults);
        faults.Try(() => Generates(root, correlation));
        CorrelationType? type = null;
        faults.Try(() => type = ReadType(correlation, faults));
        var condition = correlation.Find("condition");
        var hasExpression = condition is { Kind: NodeKind.Scalar } && type is { } known && IsTemporal(known);
        var references = ReadReferences(correlation, faults);
        var rules = new List<Rule>();
        foreach (var reference in references)
        {
            faults.Try(() => rules.Add(resolve(reference)));
        }

        if (type is { } ofRules && rules.Count == references.Count && rules.Count > 0)
        {
            faults.Try(() => CheckRules(ofRules, references, rules, hasExpression));
        }

        var timespanNs = 0L;
        IReadOnlyList<GroupBy> groupBy = [];
        faults.Try(() => timespanNs = TimespanReader.Read(Required(correlation, "timespan", "for example 10s, 5m, 1h or 1d")));
        faults.Try(() => groupBy = GroupByReader.Read(correlation, type, hasExpression, references, context));
        var info = tuning.Apply(RuleInfoReader.Read(document, faults));
        if (type is null)
        {
            // What may stand in a condition, and what it means, only the type says.
            faults.ThrowIfAny();
        }

        var begun = new CorrelationRule(info, alertsAlone) { Type = type!.Value, Rules = rules, GroupBy = groupBy, TimespanNs = timespanNs };
        if (begun.WrittenOut > MaxWrittenOut)
        {
            faults.Add(references[0].Fault(
                $"with all inner correlations written out these are {begun.WrittenOut}; at most {MaxWrittenOut} are read", "fewer levels, or fewer references to correlations"));
        }

        return ReadRest(
            begun, correlation, hasExpression, references, context, tuning, resolve);
    }

    /// <summary>
    /// The names that a correlation refers to: a list, or one name; where there is none, those of a boolean condition. Lenient: what is
    /// wrong with the correlation is said when it is read.
    /// </summary>
    public static IReadOnlyList<RuleNode> References(RuleNode correlation)
    {
        if (correlation.Find("rules") is { } rules)
        {
            return rules.Kind == NodeKind.Sequence ? rules.Items : [rules];
        }

        return correlation.Find("condition") is { Kind: NodeKind.Scalar } condition
            ? [.. RoleParser.Names(condition.Value).Select(name => new RuleNode(NodeKind.Scalar, condition.Line, condition.Column) { Value = name })]
            : [];
    }

    /// <summary>Whether the parts alert on their own, too: said at the top of the document or inside the correlation.</summary>
    public static bool Generates(RuleNode root, RuleNode correlation)
    {
        RuleNode? outer = root.Find("generate"), inner = correlation.Find("generate");
        var generates = (outer ?? inner)?.Boolean("generate") ?? false;
        return inner is null || inner.Boolean("generate") == generates
            ? generates
            : throw inner.Fault("generate is said twice, and differently", "once");
    }

    /// <summary>True for the types that ask which rules occur.</summary>
    public static bool IsTemporal(CorrelationType type) => type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;

    /// <summary>True for the types that read a field.</summary>
    public static bool IsValue(CorrelationType type) => type is CorrelationType.ValueCount or CorrelationType.ValueSum
        or CorrelationType.ValueAvg or CorrelationType.ValuePercentile;

    /// <summary>Value of a key that must be there.</summary>
    public static RuleNode Required(RuleNode correlation, string key, string wayOut) =>
        correlation.Find(key) ?? throw correlation.Fault($"{key} is missing", wayOut);

    private static CorrelationRule ReadRest(
        CorrelationRule begun, RuleNode correlation, bool hasExpression, IReadOnlyList<RuleNode> references, ReadContext context, RuleTuning tuning,
        Func<RuleNode, Rule> resolve)
    {
        var faults = context.Faults;
        var condition = correlation.Find("condition");
        NumericCondition? number = null;
        RoleExpression? expression = null;
        Field[] values = [];
        decimal percentile = 0;
        if (!hasExpression && (references.Count > 0 || !IsTemporal(begun.Type)))
        {
            faults.Try(() => number = CorrelationConditionReader.Read(correlation, condition, begun.Type, references.Count, faults));
        }

        if (hasExpression && references.Count > 0 && begun.Rules.Count == references.Count)
        {
            faults.Try(() => expression = RoleReader.Read(condition!, begun.Type, begun.Rules, resolve));
        }

        if (IsValue(begun.Type) && condition is { Kind: NodeKind.Mapping })
        {
            faults.Try(() => values = CorrelationConditionReader.ReadValueFields(correlation, condition, begun.Type, context.Fields));
            faults.Try(() => percentile = CorrelationConditionReader.ReadPercentile(correlation, condition, begun.Type));
        }

        faults.ThrowIfAny();
        return new CorrelationRule(begun.Info with { SemanticHash = RuleInfoReader.Hash(Meaning(correlation, begun.Rules) + tuning.Meaning) }, begun.AlertsAlone)
        {
            Type = begun.Type,
            Rules = begun.Rules,
            GroupBy = begun.GroupBy,
            TimespanNs = begun.TimespanNs,
            Condition = number,
            Expression = expression,
            ValueFields = values,
            Percentile = percentile,
            Exceptions = tuning.Exceptions,
            IsMedian = CorrelationConditionReader.IsMedian(correlation, begun.Type),
        };
    }

    private static IReadOnlyList<RuleNode> ReadReferences(RuleNode correlation, FaultList faults)
    {
        var references = References(correlation);
        if (references.Count == 0)
        {
            faults.Try(() => throw Required(correlation, "rules", "the ids or names of rules").Fault("rules is empty", "the ids or names of rules"));
        }

        return references;
    }

    private static void CheckKeys(RuleNode correlation, FaultList faults)
    {
        foreach (var (key, _) in correlation.Entries)
        {
            if (!Keys.Contains(key.Value))
            {
                faults.Add(key.Fault($"correlation has no key '{key.Value}'", CorrelationConditionReader.Keys.Contains(key.Value)
                    ? $"it belongs under condition: condition: {{ {key.Value}: … }}"
                    : NearestName.Question(key.Value, Keys) + string.Join(", ", Keys)));
            }
        }
    }

    private static CorrelationType ReadType(RuleNode correlation, FaultList faults)
    {
        var all = $"{string.Join(", ", Types[..^1])} or {Types[^1]}";
        var node = Required(correlation, "type", all);
        if (TypeOf(node.Text("type")) is { } type)
        {
            return type;
        }

        var reason = $"correlation type '{node.Value}' is not known";
        if (NearestName.Find(node.Value, Types) is not { } meant)
        {
            throw node.Fault(reason, all);
        }

        // A slip of the pen does not hide what else is wrong.
        faults.Add(node.Fault(reason, $"did you mean {meant}?"));
        return TypeOf(meant)!.Value;
    }

    private static CorrelationType? TypeOf(string name) => name switch
    {
        "event_count" => CorrelationType.EventCount,
        "value_count" => CorrelationType.ValueCount,
        "temporal" => CorrelationType.Temporal,
        "temporal_ordered" => CorrelationType.TemporalOrdered,
        "value_sum" => CorrelationType.ValueSum,
        "value_avg" => CorrelationType.ValueAvg,
        "value_percentile" or "value_median" => CorrelationType.ValuePercentile,
        _ => null,
    };

    private static void CheckRules(CorrelationType type, IReadOnlyList<RuleNode> references, List<Rule> rules, bool hasExpression)
    {
        if (IsTemporal(type) && !hasExpression && rules.Count < 2)
        {
            throw references[0].Fault($"{(type == CorrelationType.Temporal ? "temporal" : "temporal_ordered")} needs at least two rules", "event_count for one");
        }

        if (type == CorrelationType.TemporalOrdered && !hasExpression)
        {
            return;
        }

        var seen = new HashSet<Rule>();
        for (var i = 0; i < rules.Count; i++)
        {
            if (!seen.Add(rules[i]))
            {
                throw references[i].Fault(
                    $"'{references[i].Value}' stands twice in rules", "each rule once; twice is possible in temporal_ordered without a condition");
            }
        }
    }

    private static string Meaning(RuleNode correlation, IReadOnlyList<Rule> rules)
    {
        var text = new StringBuilder("correlation");
        correlation.AppendCanonical(text, "rules", "generate");
        foreach (var rule in rules)
        {
            text.Append(' ').Append(rule.Info.SemanticHash);
        }

        return text.ToString();
    }
}
