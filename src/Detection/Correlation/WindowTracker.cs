using Detection.Rules;

namespace Detection.Correlation;

/// <summary>The types whose condition is on all events of a group in a window, in whatever order: counts, values and <c>temporal</c>.</summary>
internal sealed class WindowTracker : CorrelationTracker
{
    private readonly WindowCondition _condition;

    public WindowTracker(CorrelationRule rule, Partition partition, FiringHandler onFiring)
        : base(rule, partition, onFiring, lists: 1, LatestHits(rule))
        => _condition = WindowCondition.For(rule);

    protected override void TakeUp(Hit hit)
    {
        if (Store.Add(new GroupKey(hit.Scope.Key, GroupIndex.Equal), 0, hit, Partition.SettledNs) is not { } group)
        {
            return;
        }

        // It was itself the oldest of more than the group may hold.
        if (hit.IsEvicted)
        {
            CountUnknown(1);
            return;
        }

        var list = group[0];
        if (!Rule.IsMonotone)
        {
            EvaluateOrWait(group, list[list.IndexAfter(hit.Event) - 1]);
            return;
        }

        EvaluateAllWith(group, hit);
    }

    protected override void Evaluate(HitGroup group, Hit final)
    {
        var list = group[0];
        var window = new Window(list, list.IndexFrom(WindowStart(final.Event)), list.IndexAfter(final.Event));
        if (window.Count == 0)
        {
            // A damaged state may let it wait for longer than it is kept.
            CountUnknown(1);
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

    // All events whose window a hit lies in; usually it is the last and only one.
    private void EvaluateAllWith(HitGroup group, Hit hit)
    {
        var list = group[0];
        var first = true;
        Window? walk = null;
        for (var end = list.IndexAfter(hit.Event); end > 0 && WithinTimespan(hit.Event, list[end - 1].Event); end = NextEnd(list, end))
        {
            var final = list[end - 1];
            if (HasFired(list, end))
            {
                continue;
            }

            if (first)
            {
                // Mostly there is no other, and alone it need not look at its whole window.
                first = false;
                Evaluate(group, final);
                continue;
            }

            walk = Walk(walk, list, end);
            if (_condition.HoldsOnWalk(walk.Value))
            {
                Fire(group, final, walk.Value);
            }
        }
    }

    // On to the window that ends at an index: over all ends of a late hit, each hit enters and leaves once.
    private Window Walk(Window? from, HitList list, int end)
    {
        var startNs = WindowStart(list[end - 1].Event);
        if (from is not { } window)
        {
            _condition.StartWalk();
            var start = list.IndexFrom(startNs);
            window = new Window(list, start, start);
        }

        for (var i = window.End; i < end; i++)
        {
            _condition.Enter(list[i]);
        }

        var left = window.Start;
        for (; list[left].Event.TimeNs < startNs; left++)
        {
            _condition.Leave(list[left]);
        }

        return new Window(list, left, end);
    }

    // The index after the next event's hits; 0 = there is none.
    private static int NextEnd(HitList list, int end)
    {
        if (end == list.Count)
        {
            return 0;
        }

        var e = list[end++].Event;
        while (end < list.Count && EventOrder.Compare(list[end].Event, e) == 0)
        {
            end++;
        }

        return end;
    }

    private void Fire(HitGroup group, Hit final, Window window) => Fire(group, final, null, () => WitnessesOf(_condition.Witnesses(window)));

    protected override bool TryMarkFired(HitGroup group, Hit final, string relation) =>
        !HasFired(group[0], group[0].IndexAfter(final.Event)) && final.TryMarkFired(relation);

    protected override bool HasFired(Hit final, string relation) =>
        Store.Find(new GroupKey(final.Scope.Key, GroupIndex.Equal)) is { } group && group[0].IndexAfter(final.Event) is var end and > 0
        && EventOrder.Compare(group[0][end - 1].Event, final.Event) == 0 && HasFired(group[0], end);

    // The values of one event stand beside each other: any of them stands for the event.
    private static bool HasFired(HitList list, int end)
    {
        for (var i = end - 1; i >= 0 && EventOrder.Compare(list[i].Event, list[end - 1].Event) == 0; i--)
        {
            if (list[i].FiredGroups.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    // As many as the count asks for, or one more. The loader refuses counts above a million, so the limit cuts off no more than that one,
    // which is not needed: the event that is looked at counts itself.
    private static int? LatestHits(CorrelationRule rule) =>
        rule is { Type: CorrelationType.EventCount, IsMonotone: true, Condition.Lower: { } lower }
            ? (int)Math.Clamp(decimal.Floor(lower) + 1, 1, 1_000_000)
            : null;
}
