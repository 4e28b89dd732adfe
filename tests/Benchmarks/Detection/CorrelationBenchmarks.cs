using BenchmarkDotNet.Attributes;

namespace Benchmarks.Detection;

/// <summary>Correlations with 10,000 live groups: <see cref="CorrelationWorkload"/>. Time and bytes are per event, each of them a hit.</summary>
[MemoryDiagnoser]
public class CorrelationBenchmarks
{
    private CorrelationWorkload _workload = null!;

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Types => CorrelationWorkload.Types;

    /// <summary>Type of the correlation, or what a <c>temporal_ordered</c> groups by.</summary>
    [ParamsSource(nameof(Types))]
    public string Type { get; set; } = "";

    /// <summary>The correlation fires in each group again and again, or never.</summary>
    [Params(false, true)]
    public bool Fires { get; set; }

    /// <summary>Fills the groups.</summary>
    [GlobalSetup]
    public void SetUp() => _workload = new CorrelationWorkload(Type, Fires);

    /// <summary>An engine takes an event only once: new ones for each run.</summary>
    [IterationSetup]
    public void Prepare() => _workload.Prepare();

    /// <summary>The whole engine.</summary>
    [Benchmark(OperationsPerInvoke = CorrelationWorkload.EventCount)]
    public int EvaluateFrames() => _workload.Run();
}
