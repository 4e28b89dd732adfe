namespace Detection;

/// <summary>Bounds of the engine's memory and patience. What a bound pushes out is counted in <see cref="DetectionCounters"/>.</summary>
public sealed record DetectionLimits
{
    private const long MinuteNs = 60L * 1_000_000_000;

    /// <summary>How far an event may be behind the newest of its host, or for groups over hosts of all, and still be taken for in time; ns, from 0. Default 10 min.</summary>
    public long LatenessNs { get; init; } = 10 * MinuteNs;

    /// <summary>How far apart the stamps of two processors may be that took numbers of one lane after each other; ns, from 0. Default 1 s.</summary>
    public long SkewNs { get; init; } = 1_000_000_000;

    /// <summary>Shortest silence that ends an incident; a rule's timespan, if longer, counts instead; ns, from 0. Default 5 min.</summary>
    public long SuppressionNs { get; init; } = 5 * MinuteNs;

    /// <summary>Groups that one correlation remembers per host; the least recently touched goes first. From 1, default 20,000.</summary>
    /// <remarks>
    /// A correlation over correlations whose firings may be unknown remembers its occurrences twice, all of them and the certain ones alone:
    /// the bound is that of each of the two, so there may be twice as many groups.
    /// </remarks>
    public int GroupsPerRule { get; init; } = 20_000;

    /// <summary>Events that one correlation remembers per group and rule, oldest out first; from 1, default 1,024.</summary>
    /// <remarks>An <c>event_count</c> remembers as many as it counts, whatever this says.</remarks>
    public int HitsPerGroup { get; init; } = 1_024;

    /// <summary>Events that one correlation remembers per host in all; whole groups go first. From 1, default 100,000.</summary>
    /// <remarks>As with <see cref="GroupsPerRule"/>, it is the bound of each of the two where the certain ones are remembered apart.</remarks>
    public int HitsPerRule { get; init; } = 100_000;

    /// <summary>Groups per rule and host whose incidents are remembered. From 1, default 20,000.</summary>
    public int IncidentGroupsPerRule { get; init; } = 20_000;

    /// <summary>Hosts that are remembered; the one silent for longest goes first. From 1, default 10,000.</summary>
    public int Hosts { get; init; } = 10_000;

    /// <summary>Ranges of seen or lost numbers per lane; the lowest goes first. From 1, default 1,024.</summary>
    public int RangesPerLane { get; init; } = 1_024;

    /// <summary>Bytes of an item that is stored (<see cref="DetectionEngine.EncodeHost"/>): what is remembered longest goes until it fits. From 16 KiB, default 300 KiB.</summary>
    public int ItemBytes { get; init; } = 300 * 1024;

    /// <summary>How far what was seen of a host may be ahead of what is stored of it, in event time; ns, from 0. Default 1 min.</summary>
    public long UnsavedNs { get; init; } = MinuteNs;

    /// <summary>Throws when a bound is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the first one.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(LatenessNs);
        ArgumentOutOfRangeException.ThrowIfNegative(SkewNs);
        ArgumentOutOfRangeException.ThrowIfNegative(SuppressionNs);
        ArgumentOutOfRangeException.ThrowIfLessThan(GroupsPerRule, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HitsPerGroup, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HitsPerRule, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(IncidentGroupsPerRule, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Hosts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RangesPerLane, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ItemBytes, 16 * 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(UnsavedNs);
    }
}
