using BenchmarkDotNet.Attributes;
using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace Benchmarks.Detection;

/// <summary>
/// The whole engine on one core over <see cref="EventMix"/>, against every rule tried on every record. Time and bytes are per event;
/// without a match no byte may be allocated.
/// </summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private readonly HostEventView _view = new();
    private EngineWorkload _workload = null!;
    private RulePack _pack = null!;
    private HostEvent[] _contents = [];

    /// <summary>The packs.</summary>
    public static IReadOnlyList<string> Packs => RuleFolders.Present();

    /// <summary>Which rules.</summary>
    [ParamsSource(nameof(Packs))]
    public string Rules { get; set; } = "";

    /// <summary>Only the events that no rule matches, or all.</summary>
    [Params(false, true)]
    public bool OnlyUnmatched { get; set; }

    /// <summary>Makes rules and engine.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _pack = RuleFolders.Load(Rules);
        _workload = new EngineWorkload(_pack, OnlyUnmatched);
        _contents = EventMix.Make(EngineWorkload.EventCount / 64);
    }

    /// <summary>An engine takes an event only once: new ones for each run.</summary>
    [IterationSetup]
    public void Prepare() => _workload.Prepare();

    /// <summary>Every rule whose source covers the record, and nothing but matching.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = EngineWorkload.EventCount / 64)]
    public int FullScan()
    {
        var matches = 0;
        foreach (var e in _contents)
        {
            _view.Show(e);
            for (var record = 0; record < _view.RecordCount; record++)
            {
                _view.ShowRecord(record);
                var source = _view.Source;
                foreach (var rule in _pack.Rules)
                {
                    matches += rule.Source.Covers(source) && rule.Matches(_view) ? 1 : 0;
                }
            }
        }

        return matches;
    }

    /// <summary>The engine.</summary>
    [Benchmark(OperationsPerInvoke = EngineWorkload.EventCount)]
    public int Evaluate() => _workload.Run();
}
