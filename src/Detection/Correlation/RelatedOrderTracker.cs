using Detection.Rules;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>
/// <c>temporal_ordered</c> by <c>lineage</c> or <c>lineage-or-session</c>. In a chain by lineage each event's process is an ancestor of
/// the next one's, or the same; in a chain by session all events are of one session.
/// </summary>
/// <remarks>
/// Ancestry is not an equality, so hits are indexed by process, and the processes that a chain can use are the ancestors of its last
/// one: one path. For each process on that path only the latest usable hit matters, since an earlier one of the same process
/// allows nothing more. So a search costs (rules × length of the path) look-ups, however many hits there are.
/// </remarks>
internal sealed class RelatedOrderTracker : CorrelationTracker
{
    private readonly HitStore _store;
    private readonly bool _orSession;

    public RelatedOrderTracker(CorrelationRule rule, EvaluationContext context)
        : base(rule, context)
    {
        _store = CreateStore(rule.Rules.Count, 1);
        _orSession = rule.GroupBy.Any(entry => entry.Kind == GroupKind.LineageOrSession);
    }

    protected override void Apply(List<Hit> hits)
    {
        var added = hits.ConvertAll(Remember);
        for (var i = 0; i < hits.Count; i++)
        {
            if (!added[i])
            {
                continue;
            }

            if (hits[i].Role == LastRole)
            {
                Evaluate(hits[i]);
            }
            else if (_store.Find(new GroupKey(hits[i].Scope.Key, GroupIndex.Final)) is { } group)
            {
                foreach (var final in FinalsAfter(group, hits[i]))
                {
                    Evaluate(final);
                }
            }
        }
    }

    private bool Remember(Hit hit)
    {
        if (hit.Role == LastRole)
        {
            return _store.Add(new GroupKey(hit.Scope.Key, GroupIndex.Final), hit.Role, hit) is not null;
        }

        var added = false;
        if (hit.Event.Process.Key.IsKnown)
        {
            added = _store.Add(ProcessGroup(hit, hit.Event.Process.Key), hit.Role, hit) is not null;
        }

        if (SessionGroup(hit) is { } session)
        {
            added |= _store.Add(session, hit.Role, hit) is not null;
        }

        return added;
    }

    private void Evaluate(Hit final)
    {
        var byLineage = FindLineageChains(final);
        if (SessionGroup(final) is { } session)
        {
            var chain = OrderTracker.FindChain(_store.Find(session), final, Rule.TimespanNs);
            foreach (var start in byLineage)
            {
                chain = chain is null || EventOrder.Compare(start.Hit.Event, chain.Hit.Event) > 0 ? start : chain;
            }

            if (chain is not null)
            {
                Fire(final, DerivedKeys.Session(final.Event.Credentials), () => WitnessesOf(chain));
            }

            return;
        }

        foreach (var start in byLineage)
        {
            Fire(final, DerivedKeys.Process(start.Hit.Event.Process.Key), () => WitnessesOf(start));
        }
    }

    /// <summary>For each process that a chain by lineage can start in: the chain with the latest start.</summary>
    private List<ChainLink> FindLineageChains(Hit final)
    {
        var path = final.Event.Process.Lineage().Select(node => node.Key).ToArray();
        var links = new ChainLink?[path.Length];
        if (path[0].IsKnown)
        {
            links[0] = new ChainLink(final, null);
        }

        for (var role = LastRole - 1; role >= 0; role--)
        {
            StepBack(final, path, links, role);
        }

        return [.. links.OfType<ChainLink>()];
    }

    // Replaces each process's link into the chain's rest by its latest hit of the role before it.
    private void StepBack(Hit final, ProcessKey[] path, ChainLink?[] links, int role)
    {
        ChainLink? latestBelow = null;
        for (var i = 0; i < path.Length; i++)
        {
            if (links[i] is { } link && (latestBelow is null || EventOrder.Compare(link.Hit.Event, latestBelow.Hit.Event) > 0))
            {
                latestBelow = link;
            }

            var hit = latestBelow is null || !path[i].IsKnown
                ? null
                : _store.Find(ProcessGroup(final, path[i]))?[role]
                    .LatestBefore(latestBelow.Hit.Event, final.Event.TimeNs - Rule.TimespanNs);
            links[i] = hit is null ? null : new ChainLink(hit, latestBelow);
        }
    }

    private static GroupKey ProcessGroup(Hit hit, ProcessKey process) => new(hit.Scope.Key, GroupIndex.Process, process);

    private GroupKey? SessionGroup(Hit hit) =>
        _orSession && DerivedKeys.Session(hit.Event.Credentials) is { } session
            ? new GroupKey(DerivedKeys.Join(hit.Scope.Key, session), GroupIndex.Session)
            : null;
}
