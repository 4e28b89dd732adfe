namespace AlertLambda.Findings;

/// <summary>Numbers that have not come.</summary>
/// <param name="First">First number.</param>
/// <param name="Last">Last number.</param>
/// <param name="SinceMs">When a later one came, Unix ms.</param>
public sealed record Hole(ulong First, ulong Last, long SinceMs);
