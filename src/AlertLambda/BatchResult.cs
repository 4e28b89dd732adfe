using AlertLambda.Intake;
using Detection;

namespace AlertLambda;

/// <summary>How a batch ended.</summary>
/// <param name="Counters">What was done.</param>
/// <param name="StoppedAt">The first record that is not finished: deliver it and all later ones again. Null when all are finished.</param>
/// <param name="Reason">Why it stopped there.</param>
public sealed record BatchResult(BatchCounters Counters, StreamRecord? StoppedAt, StopReason Reason)
{
    /// <summary>What was said by who let it stop; null = nothing. May hold text from outside.</summary>
    public string? Fault { get; init; }

    /// <summary>The rules that cost most, the dearest first.</summary>
    public IReadOnlyList<RuleWork> DearestRules { get; init; } = [];

    /// <summary>The records that were set aside, in order.</summary>
    public IReadOnlyList<QuarantinedRecord> Quarantined { get; init; } = [];
}
