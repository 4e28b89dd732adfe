using AlertLambda.State;

namespace Benchmarks.Function;

/// <summary>A store that answers after a while. Thread-safe as far as the store is; the counts are not.</summary>
internal sealed class SlowStore(ICorrelationStore store, TimeSpan latency) : ICorrelationStore
{
    /// <summary>Items written.</summary>
    public int Writes { get; private set; }

    /// <summary>Bytes of the engine's memory in them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Items loaded.</summary>
    public int Loaded { get; private set; }

    public async Task<IReadOnlyList<StoredItem>> LoadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await Task.Delay(latency, cancellationToken);
        Loaded += keys.Count;
        return await store.LoadAsync(keys, cancellationToken);
    }

    public async Task<bool> TryWriteAsync(StoredItem item, long? expected, CancellationToken cancellationToken)
    {
        Writes++;
        Bytes += item.State.Length;
        await Task.Delay(latency, cancellationToken);
        return await store.TryWriteAsync(item, expected, cancellationToken);
    }

    public async Task<bool> TryUpdateAsync(OutboxUpdate update, CancellationToken cancellationToken)
    {
        Writes++;
        await Task.Delay(latency, cancellationToken);
        return await store.TryUpdateAsync(update, cancellationToken);
    }

    public Task<ItemPage> ListAsync(SweepQuery query, string? after, CancellationToken cancellationToken) => store.ListAsync(query, after, cancellationToken);
}
