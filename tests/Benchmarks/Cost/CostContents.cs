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
    private const string Quiet = "quiet";
    private const string Recorded = "recorded";
    private const int Everyday = 8_192;

    /// <summary>The events.</summary>
    /// <param name="kind">
    /// <c>servers</c>: those of a busy server (<see cref="EventMix"/>); <c>quiet</c>: of these, those that no correlation remembers; <c>recorded</c>: those of the recordings,
    /// people who administer, build and install all day.
    /// </param>
    public static IReadOnlyList<HostEvent> Make(string kind)
    {
        var leftOut = new HashSet<EventId>();
        var engine = new DetectionEngine(RuleFolders.Load(RuleFolders.Shipped))
        {
            Observer = firing => leftOut.UnionWith(firing.Witnesses.Select(witness => witness.Event.Id)),
            OccurrenceObserver = kind == Quiet ? occurrence => leftOut.Add(occurrence.Event.Id) : null,
        };
        var events = new List<HostEvent>();
        foreach (var frame in kind == Recorded ? RecordedFrames.Names.SelectMany(name => RecordedFrames.Load(name)) : [Support.Some.Frame(Servers())])
        {
            _ = engine.EvaluateFrame(frame).Count();
            events.AddRange(frame.Events);
        }

        return [.. events.Where(e => !leftOut.Contains(e.Id))];
    }

    // Nothing of it is on a watch list.
    private static HostEvent[] Servers() =>
        [.. EventMix.Make(Everyday).Select(e => EventCopy.Of(e, e.Facts with { Lane = Lane.Bulk }, text => text, address => address))];
}
