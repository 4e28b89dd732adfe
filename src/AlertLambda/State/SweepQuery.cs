namespace AlertLambda.State;

/// <summary>Which items the sweep is to see: those that match one of the bounds.</summary>
/// <param name="OutboxBefore">Messages that wait since before then, ms since 1970 UTC.</param>
/// <param name="SeenBefore">Hosts not heard of since then, ms since 1970 UTC, whose silence was not told yet.</param>
/// <param name="SettleBefore">Hosts not heard of since then, likewise, which are not settled yet.</param>
public sealed record SweepQuery(long OutboxBefore, long SeenBefore, long SettleBefore)
{
    /// <summary>Whether the sweep is to see the item.</summary>
    public bool Matches(StoredItem item) => HasStaleOutbox(item) || IsSilent(item) || IsUnsettled(item);

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
        return item.SeenAt is { } seen && IsSilent(seen, item.SilenceTold);
    }

    /// <summary>Whether the item is of a host that is silent for so long that nothing can join its incidents any more.</summary>
    public bool IsUnsettled(StoredItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.SeenAt is { } seen && IsUnsettled(seen, item.SettledFor);
    }

    /// <summary>The same, by what an item says.</summary>
    public bool IsSilent(long seenAt, long? told) => seenAt < SeenBefore && (told ?? long.MinValue) < seenAt;

    /// <inheritdoc cref="IsSilent(long, long?)"/>
    public bool IsUnsettled(long seenAt, long? settledFor) => seenAt < SettleBefore && (settledFor ?? long.MinValue) < seenAt;
}
