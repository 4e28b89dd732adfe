using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>
/// The semantics said once more, as plainly as possible: sort, drop duplicates, try every choice of events. Shares no code with the
/// engine; works on the specs, so also matching and grouping are its own.
/// </summary>
internal sealed class NaiveOracle
{
    private readonly List<(EventSpec Spec, HostEvent Event)> _sorted;

    public NaiveOracle(IReadOnlyList<EventSpec> specs, IReadOnlyList<HostEvent> events) =>
        _sorted = [.. specs.Zip(events)
            .OrderBy(pair => pair.Second.TimeNs).ThenBy(pair => pair.First.Host).ThenBy(pair => pair.First.Lane).ThenBy(pair => pair.Second.Sequence)];

    /// <summary>Every firing of every rule, in event order per rule and group.</summary>
    public List<OracleFiring> Firings() => [.. OracleRule.All.SelectMany(FiringsOf)];

    /// <summary>Firings of one rule and group, cut where the gap is longer than the suppression time.</summary>
    public static List<List<OracleFiring>> Clusters(IEnumerable<OracleFiring> firings)
    {
        var clusters = new List<List<OracleFiring>>();
        foreach (var group in firings.GroupBy(firing => (firing.Rule, firing.Scope, firing.Group)))
        {
            OracleFiring? last = null;
            foreach (var firing in group)
            {
                if (last is null || firing.Event.TimeNs - last.Event.TimeNs > World.SuppressionNs)
                {
                    clusters.Add([]);
                }

                clusters[^1].Add(firing);
                last = firing;
            }
        }

        return clusters;
    }

    private IEnumerable<OracleFiring> FiringsOf(OracleRule rule)
    {
        for (var end = 0; end < _sorted.Count; end++)
        {
            var found = (rule.Threshold > 0 ? Counts(rule, end) : Chains(rule, end))
                .GroupBy(choice => (choice.Scope, choice.Group))
                .Select(group => new OracleFiring(rule.Title, group.Key.Group, group.Key.Scope, _sorted[end].Event, _sorted[group.Max(choice => choice.Start)].Event));
            foreach (var firing in found)
            {
                yield return firing;
            }
        }
    }

    private IEnumerable<(string Scope, string Group, int Start)> Counts(OracleRule rule, int end)
    {
        // An alias may put one event into two groups, one for each rule that it matches.
        foreach (var group in GroupsOf(rule, end).Distinct())
        {
            var members = Enumerable.Range(0, end + 1).Where(i => InWindow(i, end) && GroupsOf(rule, i).Contains(group)).ToList();
            if (members.Count >= rule.Threshold)
            {
                yield return (group.Scope, group.Group, members[^rule.Threshold]);
            }
        }
    }

    private IEnumerable<(string Scope, string Group)> GroupsOf(OracleRule rule, int index) =>
        rule.Roles.Where(letter => _sorted[index].Spec.Letters.Contains(letter)).Select(letter => EqualGroup(rule, index, letter)).OfType<(string, string)>();

    private IEnumerable<(string Scope, string Group, int Start)> Chains(OracleRule rule, int end)
    {
        foreach (var chain in Choices(rule.Roles, end))
        {
            if (!InWindow(chain[0], end))
            {
                continue;
            }

            var group = rule.GroupBy is "lineage" or "lineage-or-session" ? RelatedGroup(rule, chain) : CommonGroup(rule, chain);
            if (group is { } key)
            {
                yield return (key.Scope, key.Group, chain[0]);
            }
        }
    }

    // All ascending choices of one event per role that end in the event at an index.
    private IEnumerable<int[]> Choices(string roles, int end)
    {
        if (!_sorted[end].Spec.Letters.Contains(roles[^1]))
        {
            return [];
        }

        return roles.Length == 1
            ? [[end]]
            : Enumerable.Range(0, end).SelectMany(previous => Choices(roles[..^1], previous)).Select(chain => (int[])[.. chain, end]);
    }

    private bool InWindow(int index, int end) => _sorted[end].Event.TimeNs - _sorted[index].Event.TimeNs <= World.TimespanNs;

    private (string Scope, string Group)? CommonGroup(OracleRule rule, int[] chain)
    {
        var groups = chain.Select((index, role) => EqualGroup(rule, index, rule.Roles[role])).Distinct().ToList();
        return groups.Count == 1 ? groups[0] : null;
    }

    private (string Scope, string Group)? EqualGroup(OracleRule rule, int index, char role)
    {
        var spec = _sorted[index].Spec;
        var boot = "host " + spec.Host;
        return rule.GroupBy switch
        {
            "" => ("", ""),
            "host" => ("", "i-" + spec.Host),
            "process" => spec.Process == World.UnknownProcess ? null : (boot, ProcessText(spec.Process)),
            "session" => SessionText(spec) is { } session ? (boot, session) : null,
            "alias" when role == 'b' => World.Parents[spec.Process] is var parent && parent < 0 ? null : ("", World.ProcessUser(parent)),
            _ => spec.User == 0 ? null : ("", "u" + spec.User),
        };
    }

    private (string Scope, string Group)? RelatedGroup(OracleRule rule, int[] chain)
    {
        var specs = chain.Select(index => _sorted[index].Spec).ToList();
        if (specs.Any(spec => spec.Host != specs[0].Host))
        {
            return null;
        }

        var boot = "host " + specs[0].Host;
        var byLineage = specs.Zip(specs.Skip(1)).All(pair => IsAncestorOrSelf(pair.First.Process, pair.Second.Process));
        if (rule.GroupBy == "lineage")
        {
            return byLineage ? (boot, ProcessText(specs[0].Process)) : null;
        }

        var session = SessionText(specs[^1]);
        var bySession = session is not null && specs.All(spec => SessionText(spec) == session);
        return byLineage || bySession ? (boot, session ?? ProcessText(specs[0].Process)) : null;
    }

    private static bool IsAncestorOrSelf(int ancestor, int process)
    {
        if (ancestor == World.UnknownProcess || process == World.UnknownProcess)
        {
            return false;
        }

        while (process >= 0 && process != ancestor)
        {
            process = World.Parents[process];
        }

        return process == ancestor;
    }

    private static string ProcessText(int process) => $"{process + 100}@{process + 1_000}";

    private static string? SessionText(EventSpec spec) => spec.Session switch
    {
        0 => "audit:7",
        1 => "login:1000/leader:50@500",
        2 => null,
        _ => "audit:8",
    };
}
