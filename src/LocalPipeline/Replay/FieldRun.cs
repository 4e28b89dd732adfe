using Detection.Findings;
using Detection.Rules;
using Detection.Taxonomy;
using LocalPipeline.Rules;

namespace LocalPipeline.Replay;

/// <summary>What rules make of a whole log. Immutable.</summary>
internal sealed class FieldRun
{
    private FieldRun(IReadOnlyList<FieldMatch> matches, IReadOnlyList<Incident> incidents, GroupLosses losses) =>
        (Matches, Firings, Incidents, Losses) = (matches, incidents.Sum(incident => incident.Firings), incidents.Count, losses);

    /// <summary>Every firing that was asked for.</summary>
    internal IReadOnlyList<FieldMatch> Matches { get; }

    /// <summary>How many firings there were of rules that alert.</summary>
    internal long Firings { get; }

    /// <summary>How many incidents they are.</summary>
    internal int Incidents { get; }

    /// <summary>What matched parts of correlations and could not take part.</summary>
    internal GroupLosses Losses { get; }

    /// <summary>Asks for every firing.</summary>
    /// <param name="pack">The rules.</param>
    /// <param name="events">The events, in their order.</param>
    internal static FieldRun OfEveryFiring(RulePack pack, IReadOnlyList<FieldEvent> events)
    {
        var matches = new List<FieldMatch>();
        var closed = new List<Incident>();
        var losses = new GroupLosses();
        RuleRun.Play(pack, events, change => KeepClosed(closed, change), firing => matches.Add(FieldMatch.Of(firing)), losses.Count);
        return new FieldRun(matches, closed, losses);
    }

    /// <summary>Asks for the first firing of every incident.</summary>
    /// <param name="pack">The rules.</param>
    /// <param name="events">The events, in their order.</param>
    internal static FieldRun OfFirstFirings(RulePack pack, IReadOnlyList<FieldEvent> events)
    {
        var opened = new Dictionary<(RuleInfo Rule, string Id), FieldMatch>();
        var closed = new List<Incident>();
        var losses = new GroupLosses();
        RuleRun.Play(
            pack, events,
            change =>
            {
                KeepClosed(closed, change);
                if (change.Change == IncidentChange.Opened)
                {
                    opened[(change.Rule, change.Id)] = FieldMatch.Of(change);
                }
            },
            occurred: losses.Count);

        var matches = new List<FieldMatch>(closed.Count);
        var moved = new List<Incident>();
        foreach (var incident in closed)
        {
            var match = opened[(incident.Rule, incident.Id)];
            if (match.Event.Id == incident.FirstFiring)
            {
                matches.Add(match);
            }
            else
            {
                moved.Add(incident);
            }
        }

        matches.AddRange(Found(pack, events, moved));
        return new FieldRun(matches, closed, losses);
    }

    // A firing that had to wait may come before the one that opened the incident. Its witnesses were not made then: that is worth a second run.
    private static List<FieldMatch> Found(RulePack pack, IReadOnlyList<FieldEvent> events, List<Incident> moved)
    {
        var found = new List<FieldMatch>();
        if (moved.Count > 0)
        {
            var asked = moved.ToLookup(incident => (incident.Rule, incident.FirstFiring));
            RuleRun.Play(pack, events, fired: firing => found.AddRange(
                asked[(firing.Rule, firing.Event.Id)].Where(incident => incident.Group.SequenceEqual(firing.Group)).Select(_ => FieldMatch.Of(firing))));
        }

        return found;
    }

    private static void KeepClosed(List<Incident> closed, Incident change)
    {
        if (change.Change == IncidentChange.Closed)
        {
            closed.Add(change);
        }
    }
}
