namespace AlertLambda.Findings;

/// <summary>A frame that another one names, and that has not come.</summary>
/// <param name="Name">Its digest, hexadecimal.</param>
/// <param name="SinceMs">When it was named, Unix ms.</param>
public sealed record MissingFrame(string Name, long SinceMs);
