namespace AlertLambda.State;

/// <summary>The rules of versions and expiry, for stores that keep them themselves.</summary>
internal static class Expiry
{
    /// <summary>DynamoDB removes what has expired hours or days later: so this is asked of every item that is read.</summary>
    internal static bool IsOver(StoredItem item, TimeProvider clock) => item.ExpiresAt <= clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The item, without contents if it has expired.</summary>
    internal static StoredItem Apply(StoredItem item, TimeProvider clock) => IsOver(item, clock) ? item.Emptied() : item;

    /// <summary>Whether an item may be written over what is there.</summary>
    internal static bool Allows(StoredItem? present, long? expected, TimeProvider clock) =>
        present is null ? expected is null : present.Version == expected || (expected is null && IsOver(present, clock));

    /// <summary>The item after an update of its messages.</summary>
    internal static StoredItem With(this StoredItem item, OutboxUpdate update) => item with
    {
        Version = update.Version,
        Outbox = update.Outbox.ToArray(),
        OutboxSince = update.OutboxSince,
        SilenceTold = update.SilenceTold ?? item.SilenceTold,
    };
}
