namespace AlertLambda.State;

/// <summary>One item of the store: everything that one conditional write makes durable. Immutable; below 400 KB in all.</summary>
public sealed record StoredItem
{
    /// <summary>By <see cref="ItemKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>Grows with every write, also over an expiry: the first one is the time, ms since 1970 UTC.</summary>
    public required long Version { get; init; }

    /// <summary>When it may be forgotten, seconds since 1970 UTC. From then on it reads as empty.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>The engine's memory, compressed. Empty = none yet.</summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>Unsent messages, by <see cref="OutboxCodec"/>. Empty = none.</summary>
    public ReadOnlyMemory<byte> Outbox { get; init; }

    /// <summary>When the oldest unsent message was put in, ms since 1970 UTC; null = none is there.</summary>
    public long? OutboxSince { get; init; }

    /// <summary>When the host was last heard of, by the clock of the stream, ms since 1970 UTC; null for a correlation.</summary>
    public long? SeenAt { get; init; }

    /// <summary>The <see cref="SeenAt"/> after which its silence was told; null = it was not.</summary>
    public long? SilenceTold { get; init; }

    /// <summary>The <see cref="SeenAt"/> after which what waited for its next event was answered and its incidents were closed; null = not yet.</summary>
    public long? SettledFor { get; init; }

    /// <summary>What the host is called; null for a correlation.</summary>
    public HostNote? Note { get; init; }

    /// <summary>What is known of a host's telemetry, by <see cref="Findings.WatchState"/>; of the function's own item nothing. Empty = none yet.</summary>
    public ReadOnlyMemory<byte> Watch { get; init; }

    /// <summary>The same version without contents, as an item reads that has expired.</summary>
    public StoredItem Emptied() => new() { Key = Key, Version = Version, ExpiresAt = ExpiresAt };
}
