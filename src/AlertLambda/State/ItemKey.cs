using AlertLambda.Shards;

namespace AlertLambda.State;

/// <summary>Names of items in the store.</summary>
public static class ItemKey
{
    /// <summary>The item of the function itself: what it sums up, and what it found that is of no host.</summary>
    public const string Function = "F#function";

    private const string HostPrefix = "H#";
    private const string SharedPrefix = "G#";
    private const string ShardPrefix = "S#";

    /// <summary>The item of a host: what is remembered of it, and its unsent messages.</summary>
    public static string OfHost(string hostId) => HostPrefix + hostId;

    /// <summary>The item of a correlation over several hosts; likewise.</summary>
    public static string OfShared(string ruleId) => SharedPrefix + ruleId;

    /// <summary>The item of a shard: how far it was taken, and from where it has to be read again.</summary>
    public static string OfShard(ShardName shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        return $"{ShardPrefix}{shard.Stream}/{shard.Id}";
    }

    /// <summary>The host whose item it is; null for that of a correlation.</summary>
    public static string? HostOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith(HostPrefix, StringComparison.Ordinal) ? key[HostPrefix.Length..] : null;
    }
}
