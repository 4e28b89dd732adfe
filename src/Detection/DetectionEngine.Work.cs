using Detection.Correlation;

namespace Detection;

/// <content>What single rules cost.</content>
public sealed partial class DetectionEngine
{
    // By number of the rule, as in _rules, and of the correlation.
    private readonly long[] _matches;
    private readonly long[] _lookedAt;
    private readonly long[] _fired;

    /// <summary>The rules that cost most since the last time that this was asked, the dearest first; those that cost nothing are not among them.</summary>
    /// <param name="most">How many.</param>
    public IReadOnlyList<RuleWork> TakeDearestRules(int most)
    {
        var work = new List<RuleWork>();
        for (var i = 0; i < _rules.Length; i++)
        {
            Add(new RuleWork(_rules[i].Rule.Info, _scan.Tried[i], _matches[i]));
        }

        for (var i = 0; i < _fired.Length; i++)
        {
            Add(new RuleWork(_pack.Correlations[i].Info, _lookedAt[i], _fired[i]));
        }

        foreach (var counts in (long[][])[_scan.Tried, _matches, _lookedAt, _fired])
        {
            Array.Clear(counts);
        }

        return [.. work.OrderByDescending(one => one.Steps).ThenBy(one => one.Rule.Id, StringComparer.Ordinal).Take(most)];

        void Add(RuleWork one)
        {
            if (one.Steps > 0)
            {
                work.Add(one);
            }
        }
    }

    private void Decide(int correlation, CorrelationTracker? tracker)
    {
        if (tracker is not null)
        {
            var before = Counters.HitsLookedAt;
            tracker.Decide();
            _lookedAt[correlation] += Counters.HitsLookedAt - before;
        }
    }
}
