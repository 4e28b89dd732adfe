namespace AlertLambda.State;

/// <summary>Which items the sweep is to see: those that match either bound.</summary>
/// <param name="OutboxBefore">Messages that wait since before then, ms since 1970 UTC.</param>
/// <param name="SeenBefore">Hosts not heard of since then, ms since 1970 UTC, whose silence was not told yet.</param>
public sealed record SweepQuery(long OutboxBefore, long SeenBefore)
{
    /// <summary>Whether the item has messages that wait for too long.</summary>
    public bool HasStaleOutbox(StoredItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.OutboxSince < OutboxBefore;
    }

    /// <summary>Whether the item is of a host that is silent, and nobody was told.</summary>
    public bool IsSilent(StoredItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.SeenAt < SeenBefore && (item.SilenceTold ?? long.MinValue) < item.SeenAt;
    }
}
