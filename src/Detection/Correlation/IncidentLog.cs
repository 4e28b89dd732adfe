using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Detection.Findings;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>Joins the firings of one rule to incidents and writes those that open. Bounded; not thread-safe.</summary>
internal sealed class IncidentLog(RuleInfo rule, IReadOnlyList<string> groupNames, long suppressionNs, EvaluationContext context)
{
    private readonly BoundedMap<string, SpanSet> _groups = new();

    /// <summary>Takes a firing up.</summary>
    /// <param name="groupKey">Canonical text of the group.</param>
    /// <param name="groupValues">Its values, one per group name.</param>
    /// <param name="firing">The event that the rule fired at.</param>
    /// <param name="witnesses">Makes the list of witnesses, ending with the firing event; asked only when an incident opens.</param>
    public void Fire(string groupKey, IReadOnlyList<string> groupValues, HostEvent firing, Func<IReadOnlyList<Witness>> witnesses)
    {
        context.Counters.Firings++;
        var opens = _groups.Touch(groupKey, static () => new SpanSet()).Add(firing.TimeNs, suppressionNs, out var forgotten);
        if (forgotten >= firing.TimeNs - suppressionNs - context.Limits.LatenessNs)
        {
            context.Counters.EvictedIncidentGroups++;
        }

        if (_groups.Count > context.Limits.IncidentGroupsPerRule)
        {
            _groups.RemoveOldest();
            context.Counters.EvictedIncidentGroups++;
        }

        if (opens)
        {
            var chain = witnesses();
            context.Report(new Incident
            {
                Id = Identify(groupKey, firing.Id),
                Rule = rule,
                Group = [.. groupNames.Zip(groupValues, KeyValuePair.Create)],
                FirstTimeNs = chain[0].Event.TimeNs,
                LastTimeNs = firing.TimeNs,
                Witnesses = chain,
                Late = context.Late,
            });
        }
    }

    private string Identify(string groupKey, EventId first)
    {
        var text = "";
        foreach (var part in (string[])[
            rule.Id, rule.SemanticHash, groupKey, first.HostId, first.BootId.ToString("N"),
            ((byte)first.Lane).ToString(CultureInfo.InvariantCulture), first.Sequence.ToString(CultureInfo.InvariantCulture)])
        {
            text = DerivedKeys.Join(text, part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
