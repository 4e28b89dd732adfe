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

                // Behind the last event of a lane only a frame can say that something was lost.
                var isLast = i == specs.Count - 1;
                if (specs[i].LostAfter > 0 && (!isLast || scenario.Frames))
                {
                    _gaps.Add(new Gap(specs[i].Host, specs[i].Boot, specs[i].Ns, isLast ? long.MaxValue : specs[i + 1].Ns));
                }
            }
        }
    }

    /// <summary>The verdict of a firing at an event.</summary>
    public OracleVerdict Verdict(RuleSpec rule, EventSpec end)
    {
        var parts = Correlations(rule).ToList();
        if (_gaps.Count == 0 || !parts.Append(rule).Any(part => part.DependsOnAbsence))
        {
            return OracleVerdict.Certain;
        }

        // How the verdicts and windows of inner correlations join with the outer one's is not said.
        if (parts.Count > 0)
        {
            return OracleVerdict.Open;
        }

        // A gap that shows later than the lateness bound allows for is not held against the verdict.
        var overlapping = _gaps.Where(gap =>
            gap.FromNs <= end.Ns && gap.ToNs >= end.Ns - rule.TimespanNs
            && (gap.ToNs == long.MaxValue || gap.ToNs <= end.Ns + _scenario.LatenessNs)).ToList();
        var derived = rule.Groups.Where(entry => entry.IsDerived).ToList();
        if (derived.Count > 0)
        {
            overlapping.RemoveAll(gap => gap.Host != end.Host);
        }

        if (overlapping.Count == 0)
        {
            return OracleVerdict.Certain;
        }

        // Whether another boot of the host counts for a group that lies within one boot is not said.
        var withinBoot = derived.Any(entry => entry.Name != "host");
        return withinBoot && overlapping.All(gap => gap.Boot != end.Boot) ? OracleVerdict.Open : OracleVerdict.Unknown;
    }

    private IEnumerable<RuleSpec> Correlations(RuleSpec rule) =>
        _scenario.Rules.Where(part => rule.Roles.Contains(part.Name)).SelectMany(part => Correlations(part).Append(part));
}
