using AlertLambda.Intake;

namespace AlertLambda.Shards;

/// <summary>What the stream still had of a stretch.</summary>
/// <param name="Records">In order.</param>
/// <param name="Fault">Why it is not all of it; null = it is.</param>
public sealed record LogRead(IReadOnlyList<StreamRecord> Records, string? Fault);
