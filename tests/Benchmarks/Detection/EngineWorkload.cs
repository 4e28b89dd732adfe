using Detection;
using Detection.Routing;
using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace Benchmarks.Detection;

/// <summary>The whole engine over <see cref="EventMix"/>: numbering, matching, correlations, incidents and watermarks.</summary>
internal sealed class EngineWorkload
{
    /// <summary>
    /// Events that one run takes up: few enough that most lie in the last cache, as events do that were decoded a moment ago.
    /// </summary>
    public const int EventCount = 32_768;

    private const int Contents = 4_096;

    private readonly DetectionEngine _engine;
    private readonly EventStream _stream;
    private HostEvent[] _events = [];

    /// <param name="pack">The rules.</param>
    /// <param name="onlyUnmatched">Leave out the events that a rule matches.</param>
    public EngineWorkload(RulePack pack, bool onlyUnmatched)
    {
        _engine = new DetectionEngine(pack);
        var events = EventMix.Make(4 * Contents);
        _stream = new EventStream([.. (onlyUnmatched ? Unmatched(pack, events) : events).Take(Contents)]);
    }

    /// <summary>What the engine has done.</summary>
    public DetectionCounters Counters => _engine.Counters;

    /// <summary>Makes the events of the next run.</summary>
    public void Prepare() => _events = _stream.Next(EventCount);

    /// <summary>Evaluates them.</summary>
    /// <returns>How many incidents changed.</returns>
    public int Run()
    {
        var incidents = 0;
        foreach (var e in _events)
        {
            incidents += _engine.Evaluate(e).Count;
        }

        return incidents;
    }

    private static IEnumerable<HostEvent> Unmatched(RulePack pack, HostEvent[] events)
    {
        var scan = new RuleScan(new RuleIndex(pack.Rules));
        var view = new HostEventView();
        var sink = new Noted();
        return events.Where(e =>
        {
            sink.Any = false;
            view.Show(e);
            scan.Match(view, sink);
            return !sink.Any;
        });
    }

    private sealed class Noted : IMatchSink
    {
        public bool Any { get; set; }

        public void Matched(int rule, int record) => Any = true;
    }
}
