using Detection.Findings;
using Detection.Rules;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>
/// <c>temporal_ordered</c> over groups of equal values: fires at an event when a chain of distinct events, one per rule of the chain
/// and strictly ascending in event order, ends in it and starts inside its window, and no rule occurs there that must not.
/// </summary>
/// <remarks>Going back from the end, the latest possible event of each rule gives the latest possible start, so the search needs no
/// second try; that chain is also the one that is shown.</remarks>
internal sealed class OrderTracker : CorrelationTracker
{
    private readonly Conjunction[] _conjunctions;

    public OrderTracker(CorrelationRule rule, Partition partition, FiringHandler onFiring)
        : base(rule, partition, onFiring, rule.Rules.Count) => _conjunctions = Conjunction.Of(rule);

    /// <summary>The chain with the latest start that ends in a hit, over one group's lists; null when there is none.</summary>
    /// <param name="group">The group; null = nothing is remembered.</param>
    /// <param name="roles">The lists to take one hit of each from, in order; the last one is the final hit's.</param>
    /// <param name="final">The end.</param>
    /// <param name="notBeforeNs">Start of the window.</param>
    public static ChainLink? FindChain(HitGroup? group, ReadOnlySpan<int> roles, Hit final, long notBeforeNs)
    {
        ChainLink? link = new(final, null);
        for (var i = roles.Length - 2; i >= 0 && link is not null; i--)
        {
            var hit = group?[roles[i]].LatestBefore(link.Hit.Event, notBeforeNs);
            link = hit is null ? null : new ChainLink(hit, link);
        }

        return link;
    }

    protected override void TakeUp(Hit hit)
    {
        if (Store.Add(new GroupKey(hit.Scope.Key, GroupIndex.Equal), hit.Role, hit, Partition.SettledNs) is not { } group)
        {
            return;
        }

        foreach (var conjunction in _conjunctions)
        {
            if (conjunction.LastRole == hit.Role)
            {
                EvaluateOrWait(group, hit);
            }
            else if (Rule.IsMonotone && conjunction.Chain.Contains(hit.Role))
            {
                EvaluateAllThrough(group, conjunction, hit);
            }
        }
    }

    protected override bool Completes(Hit hit) => Array.Exists(_conjunctions, conjunction => conjunction.LastRole == hit.Role);

    protected override void Evaluate(HitGroup group, Hit final)
    {
        var notBeforeNs = WindowStart(final.Event);
        foreach (var conjunction in _conjunctions)
        {
            if (conjunction.LastRole == final.Role
                && FindChain(group, conjunction.Chain, final, notBeforeNs) is { } chain
                && !AnyOccurs(group, conjunction.Absent, final, notBeforeNs))
            {
                Fire(group, final, null, chain);
                return;
            }
        }

        DoNotFire(group, final);
    }

    protected override bool TryMarkFired(HitGroup group, Hit final, string relation) =>
        !HasFired(group, final) && final.TryMarkFired(relation);

    protected override bool HasFired(Hit final, string relation) =>
        Store.Find(new GroupKey(final.Scope.Key, GroupIndex.Equal)) is { } group && HasFired(group, final.Event);

    // All ends of chains through a hit: none, unless it came late.
    private void EvaluateAllThrough(HitGroup group, Conjunction conjunction, Hit hit)
    {
        // They come no sooner than the soonest chain on from it, and no later than the window allows that starts with the chain to it.
        var chain = conjunction.Chain.AsSpan();
        var place = chain.IndexOf(hit.Role);
        if (conjunction.SoonestEnd(group, hit) is not { } end
            || FindChain(group, chain[..(place + 1)], hit, WindowStart(hit.Event)) is not { } before)
        {
            return;
        }

        var finals = group[conjunction.LastRole];
        for (var i = end; i < finals.Count && WithinTimespan(before.Hit.Event, finals[i].Event); i++)
        {
            if (!HasFired(group, finals[i]))
            {
                Evaluate(group, finals[i]);
            }
        }
    }

    // An event may end chains of several rules.
    private bool HasFired(HitGroup group, Hit final) => final.FiredGroups.Count > 0 || HasFired(group, final.Event);

    private bool HasFired(HitGroup group, HostEvent final)
    {
        foreach (var conjunction in _conjunctions)
        {
            var finals = group[conjunction.LastRole];
            var i = finals.IndexAfter(final) - 1;
            if (i >= 0 && EventOrder.Compare(finals[i].Event, final) == 0 && finals[i].FiredGroups.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyOccurs(HitGroup group, int[] roles, Hit final, long notBeforeNs)
    {
        foreach (var role in roles)
        {
            var i = group[role].IndexAfter(final.Event) - 1;
            if (i >= 0 && group[role][i].Event.TimeNs >= notBeforeNs)
            {
                return true;
            }
        }

        return false;
    }
}
