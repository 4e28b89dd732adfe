using BenchmarkDotNet.Attributes;
using Detection.Routing;
using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace Benchmarks.Detection;

/// <summary>
/// The public Linux rules, and ten times as many, over <see cref="EventMix"/>: with the index against every rule on every record.
/// Time and bytes are per event.
/// </summary>
[MemoryDiagnoser]
public class RuleMatchingBenchmarks
{
    private const int EventCount = 4_096;

    // Every rule on every record takes a thousand times as long as the index does.
    private const int ScannedCount = EventCount / 64;

    private readonly HostEventView _view = new();
    private readonly Count _sink = new();
    private HostEvent[] _events = [];
    private SigmaRule[] _rules = [];
    private RuleScan _scan = null!;

    /// <summary>How often the rules are there; all but one with other texts.</summary>
    [Params(1, 10)]
    public int Times { get; set; }

    /// <summary>Only the events that no rule matches, or all.</summary>
    [Params(false, true)]
    public bool OnlyUnmatched { get; set; }

    /// <summary>Makes rules and events.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _rules = RuleSets.Multiplied(RuleSets.PublicLinux(), Times);
        _scan = new RuleScan(new RuleIndex(_rules));
        var events = EventMix.Make(4 * EventCount);
        _events = [.. (OnlyUnmatched ? events.Where(e => Matches(e) == 0) : events).Take(EventCount)];
        if (_events.Length < EventCount)
        {
            throw new InvalidOperationException($"only {_events.Length} events");
        }
    }

    /// <summary>Every rule whose source covers the record.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = ScannedCount)]
    public int FullScan()
    {
        var matches = 0;
        foreach (var e in _events.AsSpan(0, ScannedCount))
        {
            _view.Show(e);
            for (var record = 0; record < _view.RecordCount; record++)
            {
                _view.ShowRecord(record);
                var source = _view.Source;
                foreach (var rule in _rules)
                {
                    matches += rule.Source.Covers(source) && rule.Matches(_view) ? 1 : 0;
                }
            }
        }

        return matches;
    }

    /// <summary>The rules that the index names.</summary>
    [Benchmark(OperationsPerInvoke = EventCount)]
    public long Index()
    {
        foreach (var e in _events)
        {
            _view.Show(e);
            _scan.Match(_view, _sink);
        }

        return _sink.Matches;
    }

    private long Matches(HostEvent e)
    {
        var before = _sink.Matches;
        _view.Show(e);
        _scan.Match(_view, _sink);
        return _sink.Matches - before;
    }

    private sealed class Count : IMatchSink
    {
        public long Matches { get; private set; }

        public void Matched(int rule, int record) => Matches++;
    }
}
