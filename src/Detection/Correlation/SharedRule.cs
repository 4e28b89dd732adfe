using Detection.Rules;

namespace Detection.Correlation;

/// <summary>The correlations over several hosts that have one id: mostly one. Immutable.</summary>
/// <param name="Id">The id.</param>
/// <param name="Numbers">Their numbers among the correlations.</param>
/// <param name="Inner">The correlations that their verdicts depend on, however deep, themselves left out. Empty where events can only make them true.</param>
/// <param name="Awaited">Numbers of those among <paramref name="Inner"/> and all inner ones that are within a host and wait before they fire.</param>
/// <param name="Within">Numbers of the correlations over several hosts that they refer to, however deep.</param>
/// <param name="NeedsLosses">True when a loss can change a verdict.</param>
/// <param name="ReachNs">How far back their verdicts depend on events, ns.</param>
internal sealed record SharedRule(
    string Id, int[] Numbers, IReadOnlySet<CorrelationRule> Inner, int[] Awaited, int[] Within, bool NeedsLosses, long ReachNs)
{
    /// <summary>True when marks of the hosts are kept.</summary>
    public bool KeepsMarks => NeedsLosses || Awaited.Length > 0;

    /// <summary>All of a pack, in the order of its correlations.</summary>
    /// <param name="correlations">The pack's correlations, inner ones first.</param>
    /// <param name="isWithinHost">By number: it is remembered with its host.</param>
    public static SharedRule[] Of(IReadOnlyList<CorrelationRule> correlations, Func<int, bool> isWithinHost)
    {
        var shared = Enumerable.Range(0, correlations.Count).Where(number => !isWithinHost(number)).GroupBy(number => correlations[number].Info.Id);
        return [.. shared.Select(Make)];

        SharedRule Make(IGrouping<string, int> ofId)
        {
            int[] numbers = [.. ofId];
            CorrelationRule[] rules = [.. numbers.Select(number => correlations[number])];
            var waiting = InnerOf(rules).Where(rule => !rule.IsMonotone).ToHashSet();
            return new SharedRule(
                ofId.Key,
                numbers,
                InnerOf([.. rules.Where(rule => !rule.IsMonotone)]),
                [.. Enumerable.Range(0, correlations.Count).Where(number => isWithinHost(number) && waiting.Contains(correlations[number]))],
                [.. Enumerable.Range(0, correlations.Count).Where(number => !isWithinHost(number) && InnerOf(rules).Contains(correlations[number]) && !numbers.Contains(number))],
                rules.Any(rule => !rule.IsMonotone),
                rules.Max(rule => rule.ReachNs));
        }
    }

    /// <summary>All correlations that some refer to, however deep.</summary>
    public static HashSet<CorrelationRule> InnerOf(IEnumerable<CorrelationRule> rules)
    {
        var all = new HashSet<CorrelationRule>();
        var open = new Stack<CorrelationRule>(rules);
        while (open.TryPop(out var rule))
        {
            foreach (var inner in rule.Rules.OfType<CorrelationRule>().Where(all.Add))
            {
                open.Push(inner);
            }
        }

        return all;
    }
}
