using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads the map form of a correlation's <c>condition</c>: the bounds, and what a value type reads.</summary>
internal static class CorrelationConditionReader
{
    /// <summary>The keys that a condition can have.</summary>
    public static readonly string[] Keys = ["gt", "gte", "lt", "lte", "eq", "neq", "field", "percentile"];

    private const decimal MedianPercentile = 50;

    /// <summary>The bounds; null where a temporal correlation asks for all of its rules. Keys that cannot stand there are in <paramref name="faults"/>.</summary>
    public static NumericCondition? Read(RuleNode correlation, RuleNode? condition, CorrelationType type, int rules, FaultList faults)
    {
        if (condition is null && CorrelationReader.IsTemporal(type))
        {
            return null;
        }

        condition ??= CorrelationReader.Required(correlation, "condition", "for example condition: { gte: 10 }");
        condition.AsMapping("condition");
        foreach (var (key, _) in condition.Entries)
        {
            faults.Try(() => CheckKey(key, correlation, type));
        }

        if (!NumericConditionReader.CheckBounds(condition, areCounts: IsCount(type), faults))
        {
            return null;
        }

        return type switch
        {
            CorrelationType.EventCount or CorrelationType.ValueCount => NumericConditionReader.ReadCount(condition),
            CorrelationType.Temporal => NumericConditionReader.ReadCount(condition, rules),
            CorrelationType.TemporalOrdered => NeedsAll(condition, NumericConditionReader.ReadCount(condition, rules), rules),
            _ => NumericConditionReader.Read(condition),
        };
    }

    /// <summary>True when the type is written as that of the median.</summary>
    public static bool IsMedian(RuleNode correlation, CorrelationType type) =>
        type == CorrelationType.ValuePercentile && correlation.Find("type")?.Value == "value_median";

    /// <summary>The fields of a value type.</summary>
    public static Field[] ReadValueFields(RuleNode correlation, RuleNode condition, CorrelationType type, FieldTable fields)
    {
        var node = condition.Find("field") ?? throw condition.Fault("field is missing: which one the values are of", "for example field: User");
        var names = node.Kind == NodeKind.Sequence ? node.Items : [node];
        if (names.Count == 0)
        {
            throw node.Fault("the list of fields is empty", "at least one field");
        }

        if (names.Count > 1 && type != CorrelationType.ValueCount)
        {
            throw node.Fault("several fields together have no numeric value", "one field");
        }

        var found = new List<Field>();
        foreach (var name in names)
        {
            if (name.Text("a field").Length == 0)
            {
                throw name.Fault("a field needs a name", "for example field: User");
            }

            if (correlation.Find("aliases")?.Find(name.Value) is not null)
            {
                throw name.Fault($"'{name.Value}' is an alias: those are only for group-by", "the name of a field");
            }

            var field = fields.Get(name.Value);
            if (found.Contains(field))
            {
                throw name.Fault($"field '{name.Value}' stands twice", "each field once");
            }

            found.Add(field);
        }

        return [.. found];
    }

    /// <summary>Which percentile a type asks for that counts one; else 0.</summary>
    public static decimal ReadPercentile(RuleNode correlation, RuleNode condition, CorrelationType type)
    {
        if (type != CorrelationType.ValuePercentile)
        {
            return 0;
        }

        if (condition.Find("percentile") is not { } node || IsMedian(correlation, type))
        {
            return MedianPercentile;
        }

        var percentile = NumericConditionReader.Number(node);
        return percentile is >= 0 and <= 100 ? percentile : throw node.Fault("a percentile is a number from 0 to 100", "for example 95");
    }

    // What "in order" of some of the rules means, nobody has said.
    private static NumericCondition? NeedsAll(RuleNode condition, NumericCondition number, int rules) =>
        number.OnlyLowerBound && number.Holds(rules) && !number.Holds(rules - 1)
            ? null
            : throw condition.Fault(
                "a number of temporal_ordered can only ask for all rules",
                $"gte: {rules}, or nothing: then every rule must occur, in order; or and, or, not over names of rules");

    private static void CheckKey(RuleNode key, RuleNode correlation, CorrelationType type)
    {
        switch (key.Value)
        {
            case "gt" or "gte" or "lt" or "lte" or "eq" or "neq":
            case "field" when CorrelationReader.IsValue(type):
            case "percentile" when type == CorrelationType.ValuePercentile && !IsMedian(correlation, type):
                return;
            case "field":
                throw key.Fault("only the types value_… read a field", "a value type, or no field");
            case "percentile":
                throw key.Fault("only value_percentile takes a percentile", "value_percentile, or no percentile");
            default:
                throw key.Fault($"the condition has no key '{key.Value}'", string.Join(", ", Keys));
        }
    }

    private static bool IsCount(CorrelationType type) =>
        type is CorrelationType.EventCount or CorrelationType.ValueCount || CorrelationReader.IsTemporal(type);
}
