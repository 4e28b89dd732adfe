namespace Detection.Tests.Oracle;

/// <summary>Where the stream has gaps, and what they mean for verdicts.</summary>
internal sealed class OracleGaps
{
    private readonly Scenario _scenario;
    private readonly List<Gap> _gaps = [];

    public OracleGaps(Scenario scenario, IReadOnlyList<Numbered> numbered)
    {
        _scenario = scenario;
        foreach (var lane in numbered.GroupBy(n => n.Spec.Place))
        {
            List<EventSpec> specs = [.. lane.OrderBy(n => n.Event.Sequence).Select(n => n.Spec)];
            for (var i = 0; i < specs.Count; i++)
            {
                if (specs[i].LostBefore > 0)
                {
                    _gaps.Add(new Gap(specs[i].Host, specs[i].Boot, i == 0 ? long.MinValue : specs[i - 1].Ns, specs[i].Ns));
                }

                // Behind the last event of a lane only a frame can say that something was lost, and only the host when that was over.
                var isLast = i == specs.Count - 1;
                if (specs[i].LostAfter > 0 && (!isLast || scenario.Frames))
                {
                    var end = !isLast ? specs[i + 1].Ns : scenario.Told ? scenario.ToldNs(specs[i]) : long.MaxValue;
                    _gaps.Add(new Gap(specs[i].Host, specs[i].Boot, specs[i].Ns, end));
                }
            }
        }
    }

    /// <summary>The verdict of a firing at an event.</summary>
    public OracleVerdict Verdict(RuleSpec rule, EventSpec end)
    {
        if (!rule.DependsOnAbsence)
        {
            return OracleVerdict.Certain;
        }

        // A gap that shows later than the lateness bound allows for is not held against the verdict.
        var overlapping = _gaps.Where(gap =>
            gap.FromNs <= end.Ns && gap.ToNs >= end.Ns - ReachNs(rule)
            && (gap.ToNs == long.MaxValue || gap.ToNs <= end.Ns + _scenario.LatenessNs)).ToList();
        // Any boot of the host counts, also for a group that lies within one of them.
        if (IsWithinHost(rule))
        {
            overlapping.RemoveAll(gap => gap.Host != end.Host);
        }

        return overlapping.Count == 0 ? OracleVerdict.Certain : OracleVerdict.Unknown;
    }

    // An inner firing in the window depends on the window of its own.
    private long ReachNs(RuleSpec rule) => rule.TimespanNs + Inner(rule).Select(ReachNs).DefaultIfEmpty(0).Max();

    private bool IsWithinHost(RuleSpec rule) => rule.Groups.Any(entry => entry.IsDerived) && Inner(rule).All(IsWithinHost);

    private IEnumerable<RuleSpec> Inner(RuleSpec rule) => _scenario.Rules.Where(part => rule.Roles.Contains(part.Name));
}
