using System.Globalization;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>
/// The semantics said once more, as plainly as possible: sort, and try every choice of events. Shares no code with the engine; works on
/// what was drawn, so also matching and grouping are its own.
/// </summary>
internal sealed class NaiveOracle
{
    private readonly Scenario _scenario;
    private readonly List<Numbered> _sorted;
    private readonly OracleGaps _gaps;
    private readonly Dictionary<string, List<OracleFiring>> _firings = [];

    /// <param name="scenario">The case.</param>
    /// <param name="only">The events that there are of it; null = all. What was lost stays lost.</param>
    public NaiveOracle(Scenario scenario, IReadOnlySet<EventId>? only = null)
    {
        _scenario = scenario;
        var numbered = scenario.Number();
        _gaps = new OracleGaps(scenario, numbered);
        _sorted =
        [
            .. numbered.Where(n => only?.Contains(n.Event.Id) != false).OrderBy(n => n.Event.TimeNs).ThenBy(n => n.Event.Host.HostId, StringComparer.Ordinal)
                .ThenBy(n => n.Event.Host.BootId).ThenBy(n => n.Event.Lane).ThenBy(n => n.Event.Sequence),
        ];
    }

    /// <summary>Every incident that must be closed in the end.</summary>
    public List<OracleIncident> Incidents() =>
    [
        .. Alerting().SelectMany(name => Firings(name).GroupBy(firing => firing.GroupKey)
            .SelectMany(group => Clusters([.. group.OrderBy(firing => firing.Index)], SuppressionNs(name)))),
    ];

    /// <summary>All events in the total order.</summary>
    public IEnumerable<EventId> Order => _sorted.Select(numbered => numbered.Event.Id);

    /// <summary>True when a rule fires at an event in a group.</summary>
    public bool Fires(string rule, EventId at, string group) => Find(rule, at, group) is not null;

    /// <summary>The lists of witnesses, one of which a correlation over events shows when it fires at an event in a group.</summary>
    public IEnumerable<EventId[]> Witnesses(RuleSpec rule, EventId at, string group) => Find(rule.Name, at, group) is { } firing
        ? OracleWitnesses.Of(rule, firing, index => _sorted[index].Spec).Select(list => (EventId[])[.. list.Select(Id)])
        : [];

    private OracleFiring? Find(string rule, EventId at, string group) =>
        Firings(rule).Find(firing => Id(firing.Index) == at && firing.GroupText == group);

    private IEnumerable<string> Alerting() =>
        ((string[])["a", "b", "c", "d", .. _scenario.Rules.Select(rule => rule.Name)]).Where(name =>
        {
            var users = _scenario.Rules.Where(rule => rule.Roles.Contains(name)).ToList();
            return users.Count == 0 || users.Any(rule => rule.Generate);
        });

    private long SuppressionNs(string name) => Math.Max(_scenario.SuppressionNs, Find(name)?.TimespanNs ?? 0);

    private RuleSpec? Find(string name) => _scenario.Rules.FirstOrDefault(rule => rule.Name == name);

    private IEnumerable<OracleIncident> Clusters(List<OracleFiring> firings, long suppressionNs)
    {
        var start = 0;
        for (var i = 1; i <= firings.Count; i++)
        {
            if (i == firings.Count || Ns(firings[i].Index) - Ns(firings[i - 1].Index) > suppressionNs)
            {
                yield return new OracleIncident(
                    firings[start].Rule, firings[start].GroupText, Id(firings[start].Index), Id(firings[i - 1].Index), i - start,
                    firings[start..i].Max(firing => firing.Verdict));
                start = i;
            }
        }
    }

    private long Ns(int index) => _sorted[index].Spec.Ns;

    private EventId Id(int index) => _sorted[index].Event.Id;

    private List<OracleFiring> Firings(string name)
    {
        if (!_firings.TryGetValue(name, out var firings))
        {
            firings = [.. Find(name) is { } rule ? Correlated(rule) : Matches(name)];
            _firings.Add(name, firings);
        }

        return firings;
    }

    private IEnumerable<OracleFiring> Matches(string letter) =>
        from index in Enumerable.Range(0, _sorted.Count)
        let spec = _sorted[index].Spec
        where spec.Letters.Contains(letter, StringComparison.Ordinal)
        let process = new GroupValue("process", OracleGroups.Boot(spec), OracleGroups.ProcessText(spec.Process))
        select new OracleFiring(letter, [new GroupValue("host", "", World.HostId(spec.Host)), process], index, OracleVerdict.Certain);

    private IEnumerable<OracleFiring> Correlated(RuleSpec rule)
    {
        var members = rule.Roles.Distinct().SelectMany(role => Members(rule, role)).ToList();
        foreach (var group in members.GroupBy(member => member.GroupKey))
        {
            var values = group.First().Group;
            List<OracleMember> sorted = [.. group.OrderBy(member => member.Index)];
            foreach (var end in sorted.Select(member => member.Index).Distinct())
            {
                var window = sorted.Where(member => member.Index <= end && Ns(end) - Ns(member.Index) <= rule.TimespanNs).ToList();
                var certain = Fired(rule, [.. window.Where(member => member.Verdict == OracleVerdict.Certain)], end, values)
                    .Select(OracleFiring.KeyOf).ToHashSet();
                foreach (var fired in Fired(rule, window, end, values))
                {
                    var verdict = certain.Contains(OracleFiring.KeyOf(fired)) ? _gaps.Verdict(rule, _sorted[end].Spec) : OracleVerdict.Unknown;
                    yield return new OracleFiring(rule.Name, fired, end, verdict) { Window = window };
                }
            }
        }
    }

    // The groups in which the rule fires at an event, from a window of the events of one group of equal values.
    private List<IReadOnlyList<GroupValue>> Fired(
        RuleSpec rule, List<OracleMember> window, int end, IReadOnlyList<GroupValue> values)
    {
        if (window.All(member => member.Index != end))
        {
            return [];
        }

        return rule.Groups.Any(entry => entry.IsRelation)
            ? OracleChains.Related(rule, window, end, values, index => _sorted[index].Spec)
            : Holds(rule, window, end) ? [values] : [];
    }

    // Where the referenced rule occurs, with the group that the occurrence belongs to; entries that are a relation are left open.
    private IEnumerable<OracleMember> Members(RuleSpec rule, string role)
    {
        var isCorrelation = Find(role) is not null;
        foreach (var firing in Firings(role))
        {
            var spec = _sorted[firing.Index].Spec;
            if (rule.Fields.Any(field => spec.Field(field) is null) || (IsNumeric(rule) && Number(rule, spec) is null))
            {
                continue;
            }

            var values = rule.Groups.Select(entry => entry.IsRelation
                ? new GroupValue(entry.Name, "", "")
                : OracleGroups.Value(entry, role, spec, isCorrelation ? firing.Group : [])).ToList();
            if (!values.Contains(null))
            {
                yield return new OracleMember(role, firing.Index, values!, firing.Verdict);
            }
        }
    }

    private bool Holds(RuleSpec rule, List<OracleMember> window, int end)
    {
        var events = window.Select(member => member.Index).Distinct().Select(index => _sorted[index].Spec).ToList();
        var occur = window.Select(member => member.Role).ToHashSet();
        switch (rule.Type)
        {
            case "event_count":
                return Fulfils(rule, events.Count);
            case "value_count":
                return Fulfils(rule, events.Select(spec => string.Join('\0', rule.Fields.Select(spec.Field))).Distinct().Count());
            case "value_sum":
                return Fulfils(rule, events.Sum(spec => Number(rule, spec)!.Value));
            case "value_avg":
                return Fulfils(rule, events.Sum(spec => Number(rule, spec)!.Value), events.Count);
            case "value_percentile" or "value_median":
                return Fulfils(rule, Percentile([.. events.Select(spec => Number(rule, spec)!.Value).Order()], rule.Percentile));
            case "temporal" when rule.Formula is not null:
                return rule.Formula.Holds(occur);
            case "temporal" when rule.Bounds.Count > 0:
                return Fulfils(rule, occur.Count);
            case "temporal":
                return rule.Roles.All(occur.Contains);
            default:
                return OracleChains.Holds(rule, window, end);
        }
    }

    private static bool Fulfils(RuleSpec rule, decimal total, decimal count = 1) => rule.Bounds.All(bound => bound.Holds(total, count));

    private static decimal Percentile(List<decimal> ascending, decimal percentile)
    {
        var rank = percentile / 100 * (ascending.Count - 1);
        var below = (int)decimal.Floor(rank);
        var above = Math.Min(below + 1, ascending.Count - 1);
        return ascending[below] + ((ascending[above] - ascending[below]) * (rank - below));
    }

    private static bool IsNumeric(RuleSpec rule) => rule.Type is "value_sum" or "value_avg" or "value_percentile" or "value_median";

    private static decimal? Number(RuleSpec rule, EventSpec spec) =>
        decimal.TryParse(spec.Field(rule.Fields[0]), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
