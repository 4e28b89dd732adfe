using Detection;
using Detection.Findings;
using Detection.Rules;
using Wire.Model;

namespace LocalPipeline.Rules;

/// <summary>Finds what rules make of a closed set of events.</summary>
internal static class RuleRun
{
    // The events are in memory already: to forget some of them would save little, and give answers that are not those of the set.
    private static readonly DetectionLimits Everything = new()
    {
        GroupsPerRule = int.MaxValue,
        HitsPerGroup = int.MaxValue,
        HitsPerRule = int.MaxValue,
        IncidentGroupsPerRule = int.MaxValue,
        Hosts = int.MaxValue,
        RangesPerLane = int.MaxValue,
    };

    /// <summary>Evaluates events; after the last one no more will come.</summary>
    /// <param name="pack">The rules.</param>
    /// <param name="events">The events.</param>
    /// <param name="changed">Receives each incident as it opens, escalates and closes.</param>
    /// <param name="fired">Receives every firing of a rule that alerts. Null saves making the witnesses of those that open no incident.</param>
    /// <param name="occurred">Receives everything that fills a role of a correlation.</param>
    internal static void Play(
        RulePack pack, IEnumerable<HostEvent> events, Action<Incident>? changed = null, Action<Firing>? fired = null, Action<Occurrence>? occurred = null)
    {
        var engine = new DetectionEngine(pack, Everything) { Observer = fired, OccurrenceObserver = occurred };
        foreach (var incident in events.SelectMany(engine.Evaluate))
        {
            changed?.Invoke(incident);
        }

        foreach (var incident in engine.Complete())
        {
            changed?.Invoke(incident);
        }
    }
}
