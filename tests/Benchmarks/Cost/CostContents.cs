using Benchmarks.Detection;
using Benchmarks.Recordings;
using Detection;
using Detection.Findings;
using Wire.Model;

namespace Benchmarks.Cost;

/// <summary>
/// What the simulated hosts do all day, without the events at which a shipped rule alerts: a fleet in which every host alerts every few
/// minutes has other cares. Those that correlations remember are among them.
/// </summary>
internal static class CostContents
{
    private const int Everyday = 8_192;

    /// <summary>The events.</summary>
    /// <param name="recorded">False: those of a busy server (<see cref="EventMix"/>). True: those of the recordings, people who administer, build and install all day.</param>
    public static IReadOnlyList<HostEvent> Make(bool recorded)
    {
        var alerting = new HashSet<EventId>();
        var engine = new DetectionEngine(RuleFolders.Load(RuleFolders.Shipped))
        {
            Observer = firing => alerting.UnionWith(firing.Witnesses.Select(witness => witness.Event.Id)),
        };
        var events = new List<HostEvent>();
        foreach (var frame in recorded ? RecordedFrames.Names.SelectMany(name => RecordedFrames.Load(name)) : [Support.Some.Frame(Servers())])
        {
            _ = engine.EvaluateFrame(frame).Count();
            events.AddRange(frame.Events);
        }

        return [.. events.Where(e => !alerting.Contains(e.Id))];
    }

    // Nothing of it is on a watch list.
    private static HostEvent[] Servers() =>
        [.. EventMix.Make(Everyday).Select(e => EventCopy.Of(e, e.Facts with { Lane = Lane.Bulk }, text => text, address => address))];
}
