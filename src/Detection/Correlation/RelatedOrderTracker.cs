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
    private readonly int[] _roles;
    private readonly bool _orSession;

    // Those that do not descend from the process in question.
    private readonly HashSet<ProcessNode> _strangers = new(ReferenceEqualityComparer.Instance);

    public RelatedOrderTracker(CorrelationRule rule, Partition partition, FiringHandler onFiring)
        : base(rule, partition, onFiring, rule.Rules.Count)
    {
        _roles = [.. Enumerable.Range(0, rule.Rules.Count)];
        _orSession = rule.GroupBy.Any(entry => entry.Kind == GroupKind.LineageOrSession);
    }

    private int LastRole => Rule.Rules.Count - 1;

    protected override void TakeUp(Hit hit)
    {
        if (!Remember(hit) || Store.Find(new GroupKey(hit.Scope.Key, GroupIndex.Final)) is not { } group)
        {
            return;
        }

        if (hit.Role == LastRole)
        {
            Evaluate(group, hit);
            return;
        }

        EvaluateAllWith(group, hit);
    }

    protected override void Evaluate(HitGroup group, Hit final) => Evaluate(group, final, null);

    protected override bool HasFired(Hit final, string relation)
    {
        if (Store.Find(new GroupKey(final.Scope.Key, GroupIndex.Final))?[LastRole] is not { } finals)
        {
            return false;
        }

        var i = finals.IndexAfter(final.Event) - 1;
        return i >= 0 && EventOrder.Compare(finals[i].Event, final.Event) == 0 && finals[i].FiredGroups.Contains(relation);
    }

    // All ends whose window a hit lies in, and that a chain through it could make fire now: none, unless it came late.
    private void EvaluateAllWith(HitGroup group, Hit hit)
    {
        var process = hit.Event.Process.Key;
        var session = _orSession ? DerivedKeys.Session(hit.Event.Credentials) : null;

        // A chain through the first event starts there.
        ProcessKey? start = hit.Role == 0 ? process : null;
        var startName = start is { } known ? DerivedKeys.Process(known) : null;
        _strangers.Clear();
        var finals = group[LastRole];
        for (var i = finals.IndexAfter(hit.Event); i < finals.Count && WithinTimespan(hit.Event, finals[i].Event); i++)
        {
            var final = finals[i];
            var inSession = _orSession && DerivedKeys.HasSession(final.Event.Credentials);
            if (inSession ? final.FiredGroups.Count > 0 : startName is not null && final.FiredGroups.Contains(startName))
            {
                continue;
            }

            if ((inSession && session is not null && session == DerivedKeys.Session(final.Event.Credentials))
                || DescendsFrom(final.Event.Process, process))
            {
                Evaluate(group, final, start);
            }
        }

        _strangers.Clear();
    }

    // Ends share most of their ancestors: each is looked at once per hit.
    private bool DescendsFrom(ProcessNode process, ProcessKey ancestor)
    {
        if (!ancestor.IsKnown)
        {
            return false;
        }

        var depth = 0;
        var node = process;
        for (; node is not null && depth < ProcessNode.MaxLineage && !_strangers.Contains(node); node = node.Parent, depth++)
        {
            if (node.Key == ancestor)
            {
                return true;
            }
        }

        // Cut at the longest lineage, it says nothing of the rest, which another process may reach.
        if (depth < ProcessNode.MaxLineage)
        {
            for (var stranger = process; stranger != node; stranger = stranger!.Parent)
            {
                _strangers.Add(stranger!);
            }
        }

        return false;
    }

    // startIn: the process that a chain by lineage has to start in; null = any.
    private void Evaluate(HitGroup group, Hit final, ProcessKey? startIn)
    {
        var byLineage = FindLineageChains(final, startIn);
        if (SessionGroup(final) is { } session)
        {
            var chain = OrderTracker.FindChain(Store.Find(session), _roles, final, WindowStart(final.Event));
            foreach (var start in byLineage)
            {
                chain = chain is null || EventOrder.Compare(start.Hit.Event, chain.Hit.Event) > 0 ? start : chain;
            }

            if (chain is not null)
            {
                Fire(group, final, DerivedKeys.Session(final.Event.Credentials), chain);
            }

            return;
        }

        foreach (var start in byLineage)
        {
            Fire(group, final, DerivedKeys.Process(start.Hit.Event.Process.Key), start);
        }
    }

    private bool Remember(Hit hit)
    {
        if (hit.Role == LastRole)
        {
            return Store.Add(new GroupKey(hit.Scope.Key, GroupIndex.Final), hit.Role, hit, Partition.SettledNs) is not null;
        }

        var added = false;
        if (hit.Event.Process.Key.IsKnown)
        {
            added = Store.Add(ProcessGroup(hit, hit.Event.Process.Key), hit.Role, hit, Partition.SettledNs) is not null;
        }

        if (SessionGroup(hit) is { } session)
        {
            added |= Store.Add(session, hit.Role, hit, Partition.SettledNs) is not null;
        }

        return added;
    }

    /// <summary>For each process that a chain by lineage can start in: the chain with the latest start.</summary>
    private List<ChainLink> FindLineageChains(Hit final, ProcessKey? startIn)
    {
        var path = final.Event.Process.Lineage().Select(node => node.Key).ToArray();
        var links = new ChainLink?[path.Length];
        if (path[0].IsKnown)
        {
            links[0] = new ChainLink(final, null);
        }

        for (var role = LastRole - 1; role >= 0; role--)
        {
            StepBack(final, path, links, role, role == 0 ? startIn : null);
        }

        return [.. links.OfType<ChainLink>()];
    }

    // Replaces each process's link into the chain's rest by its latest hit of the role before it.
    private void StepBack(Hit final, ProcessKey[] path, ChainLink?[] links, int role, ProcessKey? only)
    {
        ChainLink? latestBelow = null;
        for (var i = 0; i < path.Length; i++)
        {
            if (links[i] is { } link && (latestBelow is null || EventOrder.Compare(link.Hit.Event, latestBelow.Hit.Event) > 0))
            {
                latestBelow = link;
            }

            var hit = latestBelow is null || !path[i].IsKnown || (only is { } process && process != path[i])
                ? null
                : Store.Find(ProcessGroup(final, path[i]))?[role]
                    .LatestBefore(latestBelow.Hit.Event, WindowStart(final.Event));
            links[i] = hit is null ? null : new ChainLink(hit, latestBelow);
        }
    }

    private static GroupKey ProcessGroup(Hit hit, ProcessKey process) => new(hit.Scope.Key, GroupIndex.Process, process);

    private GroupKey? SessionGroup(Hit hit) =>
        _orSession && DerivedKeys.Session(hit.Event.Credentials) is { } session
            ? new GroupKey(DerivedKeys.Join(hit.Scope.Key, session), GroupIndex.Session)
            : null;
}
