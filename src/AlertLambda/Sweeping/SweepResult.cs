namespace AlertLambda.Sweeping;

/// <summary>What a sweep found and did.</summary>
/// <param name="Counters">What was read, written and published.</param>
/// <param name="Silent">The hosts that fell silent since the last sweep.</param>
/// <param name="Settled">Hosts whose incidents were closed, because nothing more will come of them.</param>
/// <param name="IsComplete">False when its time was over before it had seen the whole table: the next sweep goes on there.</param>
public sealed record SweepResult(BatchCounters Counters, IReadOnlyList<SilentHost> Silent, int Settled, bool IsComplete)
{
    /// <summary>What the store or the stream said when it did not answer; null = it did. May hold text from outside.</summary>
    public string? Fault { get; init; }
}
