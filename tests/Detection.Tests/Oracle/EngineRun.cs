using Detection.Findings;
using Detection.Rules;

namespace Detection.Tests.Oracle;

/// <summary>What the engine says of a case.</summary>
internal static class EngineRun
{
    /// <summary>Every report and every firing, up to the end of all events.</summary>
    public static (List<Incident> Reports, List<Firing> Firings) Of(Scenario scenario)
    {
        // Frames of a lane come in any order here, so nothing may be concluded from the first one after a load.
        var limits = new DetectionLimits { LatenessNs = scenario.LatenessNs, SuppressionNs = scenario.SuppressionNs, UnsavedNs = 0 };
        var pack = Packs.LoadAll(scenario.Yaml);
        var firings = new List<Firing>();
        var engine = new DetectionEngine(pack, limits) { Observer = firings.Add };
        var parcels = Delivery.Of(scenario);
        var random = new Random(scenario.Seed + 1);
        var reports = new List<Incident>();
        var saved = (State: StoredItems.Of(engine), Next: 0, Reports: 0, Firings: 0);
        var stops = scenario.Resumed ? Enumerable.Range(0, 3).Select(_ => random.Next(parcels.Count)).ToHashSet() : [];
        var crash = scenario.Resumed ? random.Next(parcels.Count) : -1;
        for (var i = 0; i < parcels.Count; i++)
        {
            reports.AddRange(Give(engine, parcels[i]));
            if (stops.Contains(i))
            {
                saved = (StoredItems.Of(engine), i + 1, reports.Count, firings.Count);
                engine = Resume(pack, limits, saved.State, firings);
            }

            // What was not saved is lost with its reports, and delivered once more.
            if (i == crash)
            {
                crash = -1;
                engine = Resume(pack, limits, saved.State, firings);
                reports.RemoveRange(saved.Reports, reports.Count - saved.Reports);
                firings.RemoveRange(saved.Firings, firings.Count - saved.Firings);
                i = saved.Next - 1;
            }
        }

        reports.AddRange(engine.Complete());
        return (reports, firings);
    }

    private static IEnumerable<Incident> Give(DetectionEngine engine, Parcel parcel) =>
        parcel.Frame is null ? engine.Evaluate(parcel.Event!) : engine.EvaluateFrame(parcel.Frame);

    private static DetectionEngine Resume(RulePack pack, DetectionLimits limits, StoredItems state, List<Firing> firings)
    {
        var engine = state.Resume(pack, limits);
        engine.Observer = firings.Add;
        return engine;
    }
}
