namespace AlertLambda.State;

/// <summary>How memory goes to the store. Immutable.</summary>
public sealed record StateOptions
{
    /// <summary>How long progress alone may wait for its write, by the clock of the host or of the stream. The engine takes no more than this for filtered after a load.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an item is kept after its last write. Longer than the longest correlation.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Hosts that stay in memory between batches; those not heard of for longest are dropped and loaded again when needed.</summary>
    public int WarmHosts { get; init; } = 2_000;

    /// <summary>Writes of hosts that are under way at once.</summary>
    public int Writers { get; init; } = 16;
}
