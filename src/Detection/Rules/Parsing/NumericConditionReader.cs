using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads the map form of a correlation's <c>condition</c>.</summary>
internal static class NumericConditionReader
{
    private const int MaxCount = 1_000_000;

    // Multiplied by any number of events it is still a decimal.
    private const decimal Farthest = 1_000_000_000_000_000_000;

    private const string WayOut = "one of gt, gte, lt, lte, eq, neq, or a range of gt or gte with lt or lte";

    /// <summary>The bounds, as numbers of any size.</summary>
    public static NumericCondition Read(RuleNode condition)
    {
        var bounds = Bounds(condition).ToList();
        var lower = bounds.Where(entry => entry.Key.Value is "gt" or "gte").ToList();
        var upper = bounds.Where(entry => entry.Key.Value is "lt" or "lte").ToList();
        if (bounds.Count == 0 || (bounds.Count > 1 && (bounds.Count > 2 || lower.Count != 1 || upper.Count != 1)))
        {
            throw condition.Fault(bounds.Count == 0 ? "the condition has no bound" : "these bounds cannot be used together", WayOut);
        }

        var (key, value) = (bounds[0].Key.Value, Number(bounds[0].Value));
        var result = key switch
        {
            "eq" => new NumericCondition(value, true, value, true),
            "neq" => new NumericCondition(null, false, NotEqual: value),
            _ => new NumericCondition(
                lower.Count > 0 ? Number(lower[0].Value) : null,
                lower.Count > 0 && lower[0].Key.Value == "gte",
                upper.Count > 0 ? Number(upper[0].Value) : null,
                upper.Count > 0 && upper[0].Key.Value == "lte"),
        };
        return result is { Lower: { } least, Upper: { } most } && !result.Holds(least) && !result.Holds(most) && least >= most
            ? throw condition.Fault("no number fulfils the condition", "a lower bound below the upper one")
            : result;
    }

    /// <summary>False when a bound is none; what is wrong with each is in <paramref name="faults"/>.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="areCounts">They bound a count, not a number of any size.</param>
    /// <param name="faults">Takes the faults.</param>
    public static bool CheckBounds(RuleNode condition, bool areCounts, FaultList faults)
    {
        var right = 0;
        foreach (var (key, value) in Bounds(condition))
        {
            faults.Try(() =>
            {
                var number = Number(value);
                if (areCounts && (number != decimal.Truncate(number) || number < 0 || number > MaxCount))
                {
                    throw value.Fault($"the bound '{key.Value}' of a count must be a whole number from 0 to {MaxCount}", "a whole number");
                }

                right++;
            });
        }

        return right == Bounds(condition).Count();
    }

    /// <summary>The bounds of a count, which were checked one by one.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="most">The highest count that can be.</param>
    public static NumericCondition ReadCount(RuleNode condition, int most = MaxCount)
    {
        var result = Read(condition);

        // An event that is looked at counts itself. The bounds are whole, so the lowest count that can fulfil them is near the lower one.
        var least = Math.Max(1, (result.Lower ?? 0) + (result.LowerInclusive ? 0 : 1));
        var reachable = result.NotEqual is { } other ? most > 1 || other != 1 : least <= most && result.Holds(least);
        if (!reachable)
        {
            throw condition.Fault($"no count from 1 to {most} fulfils the condition", "a bound that can be reached");
        }

        return result is { Lower: { } lower, Upper: null } && lower == 0 && result.LowerInclusive
            ? throw condition.Fault("every count fulfils the condition", "gte: 1, or no correlation")
            : result;
    }

    /// <summary>A number without quotes, not farther from 0 than what can still be counted with.</summary>
    public static decimal Number(RuleNode node)
    {
        var value = node.Kind == NodeKind.Scalar ? ScalarReader.Read(node) : default;
        return value.Kind == FieldKind.Number && Math.Abs(value.Number) <= Farthest
            ? value.Number
            : throw node.Fault($"a bound must be a number from -{Farthest} to {Farthest}", "a number without quotes");
    }

    private static IEnumerable<RuleEntry> Bounds(RuleNode condition) =>
        condition.Entries.Where(entry => entry.Key.Value is "gt" or "gte" or "lt" or "lte" or "eq" or "neq");
}
