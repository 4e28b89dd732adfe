using BenchmarkDotNet.Attributes;
using Detection.Routing;
using Detection.Rules;

namespace Benchmarks.Detection;

/// <summary>What it takes to make the index of the public Linux rules, and of ten times as many.</summary>
[MemoryDiagnoser]
public class IndexBuildBenchmarks
{
    private SigmaRule[] _rules = [];

    /// <summary>How often the rules are there; all but one with other texts.</summary>
    [Params(1, 10)]
    public int Times { get; set; }

    /// <summary>Makes the rules.</summary>
    [GlobalSetup]
    public void SetUp() => _rules = RuleSets.Multiplied(RuleSets.PublicLinux(), Times);

    /// <summary>Makes the index.</summary>
    [Benchmark]
    public object Build() => new RuleIndex(_rules);
}
