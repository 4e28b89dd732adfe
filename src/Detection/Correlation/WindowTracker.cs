using Detection.Findings;
using Detection.Rules;

namespace Detection.Correlation;

/// <summary>The types whose condition is on all events of a group in a window, in whatever order: counts, values and <c>temporal</c>.</summary>
internal sealed class WindowTracker : CorrelationTracker
{
    private readonly WindowCondition _condition;
    private readonly bool _isChained;

    public WindowTracker(CorrelationRule rule, Partition partition, FiringHandler onFiring)
        : base(rule, partition, onFiring, lists: 1, LatestHits(rule))
    {
        _condition = WindowCondition.For(rule);
        _isChained = rule.Rules.Any(inner => inner is CorrelationRule);
    }

    public override void Apply(Hit hit)
    {
        if (Store.Add(new GroupKey(hit.Scope.Key, GroupIndex.Equal), 0, hit, Partition.SettledNs) is not { } group)
        {
            return;
        }

        // It was itself the oldest of more than the group may hold.
        if (hit.IsEvicted)
        {
            Partition.Context.Counters.UnknownVerdicts++;
            return;
        }

        var list = group[0];
        if (!Rule.IsMonotone)
        {
            EvaluateOrWait(group, list[list.IndexAfter(hit.Event) - 1]);
            return;
        }

        // All events whose window it lies in; usually it is the last and only one.
        for (var i = list.IndexAfter(hit.Event) - 1; i < list.Count && WithinTimespan(hit.Event, list[i].Event);)
        {
            Evaluate(group, list[i]);
            i = i + 1 < list.Count ? list.IndexAfter(list[i + 1].Event) - 1 : list.Count;
        }
    }

    protected override void Evaluate(HitGroup group, Hit final)
    {
        var list = group[0];
        var window = new Window(list, list.IndexFrom(WindowStart(final.Event)), list.IndexAfter(final.Event));
        if (window.Count == 0)
        {
            // A damaged state may let it wait for longer than it is kept.
            Partition.Context.Counters.UnknownVerdicts++;
            return;
        }

        for (var i = window.Count - 1; i >= 0 && EventOrder.Compare(window[i].Event, final.Event) == 0; i--)
        {
            window[i].IsDecided = true;
        }

        if (_condition.Holds(window))
        {
            Fire(group, final, window);
        }
        else
        {
            DoNotFire(group, final);
        }
    }

    private void Fire(HitGroup group, Hit final, Window window)
    {
        var verdict = _isChained ? _condition.VerdictOf(window) : Verdict.Certain;
        Fire(group, final, null, verdict, () => WitnessesOf(_condition.Witnesses(window)));
    }

    // The values of one event stand beside each other: any of them stands for the event.
    protected override bool TryMarkFired(HitGroup group, Hit final, string relation)
    {
        var list = group[0];
        for (var i = list.IndexAfter(final.Event) - 1; i >= 0 && EventOrder.Compare(list[i].Event, final.Event) == 0; i--)
        {
            if (list[i].FiredGroups.Count > 0)
            {
                return false;
            }
        }

        return final.TryMarkFired(relation);
    }

    private static int? LatestHits(CorrelationRule rule) =>
        rule is { Type: CorrelationType.EventCount, IsMonotone: true, Condition.Lower: { } lower }
            ? (int)Math.Clamp(decimal.Floor(lower) + 1, 1, 1_000_000)
            : null;
}
