using Detection.Rules;

namespace Detection.Correlation;

/// <summary>
/// <c>temporal_ordered</c> over groups of equal values: fires at an event when a chain of distinct events, one per referenced rule
/// and strictly ascending in event order, ends in it and starts inside its window.
/// </summary>
/// <remarks>Going back from the end, the latest possible event of each rule gives the latest possible start, so the search needs no
/// second try; that chain is also the one that is shown.</remarks>
internal sealed class OrderTracker : CorrelationTracker
{
    private readonly HitStore _store;

    public OrderTracker(CorrelationRule rule, EvaluationContext context)
        : base(rule, context) => _store = CreateStore(rule.Rules.Count, 1);

    /// <summary>The chain with the latest start that ends in a hit, over one group's lists; null when there is none.</summary>
    public static ChainLink? FindChain(HitGroup? group, Hit final, long timespanNs)
    {
        ChainLink? link = new(final, null);
        for (var role = final.Role - 1; role >= 0 && link is not null; role--)
        {
            var hit = group?[role].LatestBefore(link.Hit.Event, final.Event.TimeNs - timespanNs);
            link = hit is null ? null : new ChainLink(hit, link);
        }

        return link;
    }

    protected override void Apply(List<Hit> hits)
    {
        var added = hits.ConvertAll(hit => _store.Add(new GroupKey(hit.Scope.Key, GroupIndex.Equal), hit.Role, hit));
        for (var i = 0; i < hits.Count; i++)
        {
            if (added[i] is not { } group)
            {
                continue;
            }

            if (hits[i].Role == LastRole)
            {
                Evaluate(group, hits[i]);
                continue;
            }

            foreach (var final in FinalsAfter(group, hits[i]))
            {
                Evaluate(group, final);
            }
        }
    }

    private void Evaluate(HitGroup group, Hit final)
    {
        if (FindChain(group, final, Rule.TimespanNs) is { } chain)
        {
            Fire(final, null, () => WitnessesOf(chain));
        }
    }
}
