using Detection;
using Detection.Findings;
using Detection.Rules;
using Wire.Model;

namespace LocalPipeline.Rules;

/// <summary>What rules make of a closed set of events. Immutable.</summary>
internal sealed class RuleRun
{
    private readonly List<Firing> _firings = [];
    private readonly List<Incident> _incidents = [];

    private RuleRun(RulePack pack, IEnumerable<HostEvent> events)
    {
        var engine = new DetectionEngine(pack) { Observer = _firings.Add };
        foreach (var e in events)
        {
            Keep(engine.Evaluate(e));
        }

        Keep(engine.Complete());
        Counters = engine.Counters;
    }

    /// <summary>Every firing of a rule that alerts.</summary>
    internal IReadOnlyList<Firing> Firings => _firings;

    /// <summary>Every incident, as it stands at its end.</summary>
    internal IReadOnlyList<Incident> Incidents => _incidents;

    /// <summary>What the engine has done.</summary>
    internal DetectionCounters Counters { get; }

    /// <summary>Evaluates events; after the last one no more will come.</summary>
    internal static RuleRun Of(RulePack pack, IEnumerable<HostEvent> events) => new(pack, events);

    /// <summary>The first firing of every incident.</summary>
    internal IEnumerable<Firing> FirstFirings()
    {
        var byEvent = _firings.ToLookup(firing => (firing.Rule, firing.Event.Id));
        foreach (var incident in _incidents)
        {
            yield return byEvent[(incident.Rule, incident.FirstFiring)].First(firing => firing.Group.SequenceEqual(incident.Group));
        }
    }

    private void Keep(IReadOnlyList<Incident> changes) => _incidents.AddRange(changes.Where(change => change.Change == IncidentChange.Closed));
}
