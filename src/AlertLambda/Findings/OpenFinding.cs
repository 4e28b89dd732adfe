namespace AlertLambda.Findings;

/// <summary>A finding that people were told of and that is not over. Not thread-safe.</summary>
public sealed class OpenFinding
{
    /// <summary>What was found. Its first value is not written: so it is not required.</summary>
    public FindingKind Kind { get; init; }

    /// <summary>Since when, Unix ms.</summary>
    public required long SinceMs { get; init; }

    /// <summary>When it was last seen to be so, Unix ms.</summary>
    public required long LastMs { get; set; }

    /// <summary>What exactly it is about, where there can be several one after the other; empty = its kind says it.</summary>
    public string About { get; init; } = "";

    /// <summary>How often.</summary>
    public long Count { get; set; } = 1;
}
