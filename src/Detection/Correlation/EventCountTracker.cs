using Detection.Rules;

namespace Detection.Correlation;

/// <summary>
/// <c>event_count</c>: fires at an event when at least so many distinct events of its group, up to and with it in event order,
/// lie in the window that ends at it. Witnesses are the latest of them.
/// </summary>
internal sealed class EventCountTracker : CorrelationTracker
{
    private readonly HitStore _store;
    private readonly int _threshold;

    public EventCountTracker(CorrelationRule rule, EvaluationContext context)
        : base(rule, context)
    {
        _threshold = (int)rule.Condition!.Lower! + (rule.Condition.LowerInclusive ? 0 : 1);
        _store = CreateStore(1, _threshold);
    }

    protected override void Apply(List<Hit> hits)
    {
        foreach (var hit in hits)
        {
            // An event that matches several of the rules counts once: the store takes it once per group.
            if (_store.Add(new GroupKey(hit.Scope.Key, GroupIndex.Equal), 0, hit) is not { } group)
            {
                continue;
            }

            var list = group[0];
            for (var i = list.IndexAfter(hit.Event) - 1; i < list.Count; i++)
            {
                if (i >= 0 && !Evaluate(list, i, hit))
                {
                    break;
                }
            }
        }
    }

    private bool Evaluate(HitList list, int index, Hit added)
    {
        var final = list[index];
        if (!WithinTimespan(added.Event, final.Event))
        {
            return false;
        }

        var first = index - _threshold + 1;
        if (first >= 0 && WithinTimespan(list[first].Event, final.Event))
        {
            Fire(final, null, () => [.. Enumerable.Range(first, _threshold).Select(i => WitnessOf(list[i]))]);
        }

        return true;
    }
}
