namespace AlertLambda.Shards;

/// <summary>What this process knows of the item of a shard that it follows. Not thread-safe.</summary>
/// <param name="shard">The shard.</param>
/// <param name="version">The item's version; null = none is there.</param>
/// <param name="stored">What it says; null = nothing.</param>
internal sealed class ShardTail(ShardName shard, long? version, ShardMark? stored)
{
    internal ShardName Shard => shard;

    /// <summary>Its name in what hosts remember.</summary>
    internal string Place { get; } = $"{shard.Stream}/{shard.Id}";

    internal long? Version { get; private set; } = version;

    /// <summary>What the item says, as far as known.</summary>
    internal ShardMark? Stored { get; private set; } = stored;

    /// <summary>The last record of which all that came before is in items or in memory.</summary>
    internal string? Taken { get; set; } = stored?.Taken;

    /// <summary>Bytes of the shard that this process has taken, or read again, before this batch.</summary>
    internal long BatchBegin { get; private set; }

    /// <summary>The same after it.</summary>
    internal long BatchEnd { get; private set; }

    /// <summary>A write of which the outcome is not known.</summary>
    internal (long Version, ShardMark Mark)? Pending { get; set; }

    /// <summary>For how long a host's memory may wait.</summary>
    internal TimeSpan Patience { get; set; }

    /// <summary>Since when it is so long, ms since 1970 UTC.</summary>
    internal long PatienceSinceMs { get; set; }

    /// <summary>A batch begins, or what was read again.</summary>
    internal void NoteBatch(long bytes) => (BatchBegin, BatchEnd) = (BatchEnd, BatchEnd + bytes);

    /// <summary>Whether the item is as this process left it: then memory holds all that was taken.</summary>
    internal bool Is(long? found)
    {
        if (Pending is { } pending && found == pending.Version)
        {
            NoteWritten(pending.Version, pending.Mark);
        }

        return found == Version;
    }

    /// <summary>The item is written.</summary>
    internal void NoteWritten(long version, ShardMark mark) => (Version, Stored, Pending) = (version, mark, null);
}
