using Detection.Findings;
using Detection.Rules;
using LocalPipeline.Rules;
using Wire.Model;

namespace LocalPipeline.RuleTests;

/// <summary>What rules make of a story.</summary>
internal static class StoryRun
{
    /// <summary>Every incident, by its first firing. The story is over with its last event.</summary>
    internal static IReadOnlyList<OpenedIncident> Play(RulePack pack, IReadOnlyList<HostEvent> events)
    {
        var numbers = events.Select((e, i) => (e.Id, Number: i + 1)).ToDictionary(entry => entry.Id, entry => entry.Number);
        var incidents = new List<OpenedIncident>();
        RuleRun.Play(pack, events, change =>
        {
            if (change.Change == IncidentChange.Closed)
            {
                incidents.Add(new OpenedIncident(change.Rule, numbers[change.FirstFiring]));
            }
        });
        return [.. incidents.OrderBy(incident => incident.At)];
    }
}
