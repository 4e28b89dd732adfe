using Detection.Findings;
using Detection.Rules;

namespace LocalPipeline.Rules;

/// <summary>Counts what matched parts of correlations and yet takes part in none of their groups, and says why. Not thread-safe.</summary>
internal sealed class GroupLosses
{
    private readonly Dictionary<RuleInfo, Tally> _tallies = [];

    /// <summary>Takes an occurrence up.</summary>
    internal void Count(Occurrence occurrence)
    {
        if (!_tallies.TryGetValue(occurrence.Rule.Info, out var tally))
        {
            tally = new Tally(occurrence.Rule);
            _tallies.Add(occurrence.Rule.Info, tally);
        }

        tally.Matches++;
        tally.Lost += occurrence.MissingKeys.Count > 0 || occurrence.LacksValue ? 1 : 0;
        foreach (var key in occurrence.MissingKeys)
        {
            tally.Keys[key] = tally.Keys.GetValueOrDefault(key) + 1;
        }

        tally.WithoutValue += occurrence.LacksValue ? 1 : 0;
    }

    /// <summary>A line for each correlation that lost matches, in the order of the pack. Not escaped.</summary>
    internal IEnumerable<string> Lines(RulePack pack) =>
        pack.Correlations.Where(rule => Of(rule.Info) is not null).Select(rule => $"{RuleWords.NameOf(rule.Info)} ({RuleWords.Of(rule)}): {Of(rule.Info)}");

    /// <summary>Why a correlation lost matches; null when it lost none. Not escaped.</summary>
    internal string? Of(RuleInfo rule)
    {
        if (!_tallies.TryGetValue(rule, out var tally) || tally.Lost == 0)
        {
            return null;
        }

        var reasons = tally.Rule.GroupBy.Where(tally.Keys.ContainsKey).Select(key => Words(key, tally.Keys[key]))
            .Concat(tally.WithoutValue > 0 ? [Words(tally.Rule, tally.WithoutValue)] : []);
        var events = tally.Matches == 1 ? "the only match of its parts takes" : tally.Lost == tally.Matches
            ? $"all {tally.Matches} matches of its parts take"
            : $"{tally.Lost} of {tally.Matches} matches of its parts take";
        return $"{events} part in no group{(tally.Lost == tally.Matches ? ", so it cannot fire" : "")}: {string.Join("; ", reasons)}";
    }

    private static string Words(GroupBy key, int events) => $"{events} without a value of the group-by key '{key.Name}' ({WayOut(key)})";

    private static string Words(CorrelationRule rule, int events) =>
        $"{events} without {(rule.Type == CorrelationType.ValueCount ? "a value" : "a number")} in {string.Join(", ", rule.ValueFields.Select(field => $"'{field.Name}'"))}"
        + " (give the events that field, or name another one in condition)";

    private static string WayOut(GroupBy key) => key.Kind switch
    {
        GroupKind.Process or GroupKind.Parent or GroupKind.Lineage => Recorded("no process", "host or a field such as User"),
        GroupKind.LineageOrSession => Recorded("neither process nor session", "host or a field such as AuditSession"),
        GroupKind.Session => Recorded("no session", "a field such as AuditSession or User"),
        GroupKind.Container => Recorded("no cgroup", "a field such as ContainerId"),
        _ when key.Fields.Any(field => field.Name != key.Name) =>
            $"give the events {string.Join(" and ", key.Fields.Select(field => field.Name).Distinct())}, or let aliases name other fields",
        _ => "give the events that field, or name another one in group-by",
    };

    private static string Recorded(string missing, string instead) =>
        $"plain JSON events have {missing}: group by {instead}, or take a recording: pipeline record FILE, pipeline replay FILE";

    private sealed class Tally(CorrelationRule rule)
    {
        internal CorrelationRule Rule => rule;

        internal Dictionary<GroupBy, int> Keys { get; } = [];

        internal int Matches { get; set; }

        internal int Lost { get; set; }

        internal int WithoutValue { get; set; }
    }
}
