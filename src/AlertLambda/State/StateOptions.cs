using Detection.Rules;

namespace AlertLambda.State;

/// <summary>How memory goes to the store. Immutable.</summary>
public sealed record StateOptions
{
    private static readonly TimeSpan KeepAtLeast = TimeSpan.FromDays(7);
    private static readonly TimeSpan KeepAtMost = TimeSpan.FromDays(3_650);

    /// <summary>How far, by the clock of the stream, the time at which a host was last heard of may be behind in the store.</summary>
    public TimeSpan SeenEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a host's memory may wait to be in its item, by event time, by the clock of the stream and by the function's, where the stream can be read again.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How much of the stream may wait likewise, in the memory of a process: bytes.</summary>
    public long TailBytes { get; init; } = 12 * 1024 * 1024;

    /// <summary>
    /// How many hosts the mark of a shard names because their items seem to say that they are silent: five bytes each. Who forges names can make more; those
    /// beyond it are written, which says the same.
    /// </summary>
    public int MostHeard { get; init; } = 5_000;

    /// <summary>How many processes may die while they evaluate the same again. The next one goes on without.</summary>
    public int AgainTries { get; init; } = 8;

    /// <summary>How much longer it waits until the sweep takes it that nobody does it.</summary>
    public TimeSpan LeftAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an item is kept after its last write. Longer than the longest correlation.</summary>
    public TimeSpan KeepFor { get; init; } = KeepAtLeast;

    /// <summary>Hosts that stay in memory between batches; of more, those not heard of for longest are dropped and loaded again when needed.</summary>
    public int WarmHosts { get; init; } = 2_000;

    /// <summary>Writes of hosts that are under way at once.</summary>
    public int Writers { get; init; } = 16;

    /// <summary>The defaults, but items are kept for longer than any correlation of the rules reaches back.</summary>
    public static StateOptions For(RulePack rules)
    {
        ArgumentNullException.ThrowIfNull(rules);

        // A correlation of correlations reaches back as far as all of them together.
        var days = 1 + rules.Correlations.Sum(rule => rule.TimespanNs / (double)TimeSpan.NanosecondsPerTick / TimeSpan.TicksPerDay);
        return new StateOptions { KeepFor = TimeSpan.FromDays(Math.Clamp(days, KeepAtLeast.TotalDays, KeepAtMost.TotalDays)) };
    }
}
