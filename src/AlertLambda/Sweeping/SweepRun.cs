namespace AlertLambda.Sweeping;

/// <summary>What a sweep has done so far. Not thread-safe.</summary>
internal sealed class SweepRun
{
    internal BatchCounters Counters { get; } = new();

    internal List<SilentHost> Silent { get; } = [];

    internal int Settled { get; set; }

    /// <summary>What the stream said when it did not answer; null = it did.</summary>
    internal string? Fault { get; set; }

    internal SweepResult Result(bool isComplete) => new(Counters, [.. Silent], Settled, isComplete) { Fault = Fault };
}
