using AlertLambda.State;

namespace AlertLambda.Tests.State;

/// <summary>A store before another that does as the test says, before and after each call.</summary>
internal sealed class FaultyStore(ICorrelationStore inner) : ICorrelationStore
{
    public int Loads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>Called with the name of each call before it is made; may throw.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Called with the name of each call when it is done, a lost race excepted; may throw: then the caller does not know.</summary>
    public Action<string> After { get; set; } = _ => { };

    public static StoreException Throttled => new(true, "ProvisionedThroughputExceededException: slow down");

    public Task<IReadOnlyList<StoredItem>> LoadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        Loads++;
        return CallAsync("load", () => inner.LoadAsync(keys, cancellationToken));
    }

    public Task<bool> TryWriteAsync(StoredItem item, long? expected, CancellationToken cancellationToken)
    {
        Writes++;
        return CallAsync("write " + item.Key, () => inner.TryWriteAsync(item, expected, cancellationToken));
    }

    public Task<bool> TryUpdateAsync(OutboxUpdate update, CancellationToken cancellationToken) =>
        CallAsync("update " + update.Key, () => inner.TryUpdateAsync(update, cancellationToken));

    public Task<ItemPage> ListAsync(SweepQuery query, string? after, CancellationToken cancellationToken) =>
        CallAsync("list", () => inner.ListAsync(query, after, cancellationToken));

    private async Task<T> CallAsync<T>(string name, Func<Task<T>> call)
    {
        Before(name);
        var result = await call();
        if (result is not false)
        {
            After(name);
        }

        return result;
    }
}
