namespace Detection.Tuning;

/// <summary>How many incidents people are told one by one in a stretch of time; the others are summed up, never dropped. Immutable.</summary>
public sealed record RateBounds
{
    /// <summary>Everything is told one by one.</summary>
    public static RateBounds None { get; } = new() { PerRule = int.MaxValue, InAll = int.MaxValue };

    /// <summary>Length of the stretch, ns, above 0. Default 15 min.</summary>
    public long WindowNs { get; init; } = 15L * 60 * 1_000_000_000;

    /// <summary>Incidents of one rule, from 1. Default 10.</summary>
    public int PerRule { get; init; } = 10;

    /// <summary>Incidents of all rules, from 1. Default 60.</summary>
    public int InAll { get; init; } = 60;
}
