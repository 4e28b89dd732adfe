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
        return [.. RuleRun.Of(pack, events).Incidents
            .Select(incident => new OpenedIncident(incident.Rule, numbers[incident.FirstFiring]))
            .OrderBy(incident => incident.At)];
    }
}
