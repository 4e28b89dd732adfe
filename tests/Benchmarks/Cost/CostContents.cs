using Benchmarks.Detection;
using Benchmarks.Recordings;
using Detection;
using Detection.Findings;
using Wire.Model;

namespace Benchmarks.Cost;

/// <summary>
/// What the simulated hosts do all day: the recorded events without those at which a shipped rule alerts, for a fleet in which every host alerts every few
/// minutes has other cares. Those that correlations remember are among them.
/// </summary>
internal static class CostContents
{
    public static IReadOnlyList<HostEvent> Make()
    {
        var alerting = new HashSet<EventId>();
        var engine = new DetectionEngine(RuleFolders.Load(RuleFolders.Shipped))
        {
            Observer = firing => alerting.UnionWith(firing.Witnesses.Select(witness => witness.Event.Id)),
        };
        var events = new List<HostEvent>();
        foreach (var frame in RecordedFrames.Names.SelectMany(name => RecordedFrames.Load(name)))
        {
            _ = engine.EvaluateFrame(frame).Count();
            events.AddRange(frame.Events);
        }

        return [.. events.Where(e => !alerting.Contains(e.Id))];
    }
}
