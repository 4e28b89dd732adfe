namespace AlertLambda.State;

/// <summary>A change of an item's unsent messages that leaves the rest of it as it is. Immutable.</summary>
public sealed record OutboxUpdate
{
    /// <summary>The item.</summary>
    public required string Key { get; init; }

    /// <summary>The version that it must have.</summary>
    public required long Expected { get; init; }

    /// <summary>What stays, by <see cref="OutboxCodec"/>; empty = nothing.</summary>
    public required ReadOnlyMemory<byte> Outbox { get; init; }

    /// <summary>When the oldest that stays was put in, ms since 1970 UTC; null = nothing stays.</summary>
    public required long? OutboxSince { get; init; }

    /// <summary>Sets <see cref="StoredItem.SilenceTold"/>; null = leaves it.</summary>
    public long? SilenceTold { get; init; }

    /// <summary>The version that it gets.</summary>
    public long Version => Expected + 1;
}
