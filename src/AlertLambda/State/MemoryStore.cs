namespace AlertLambda.State;

/// <summary>Keeps items in the process: for tests, and for replays, which begin from nothing. Thread-safe.</summary>
/// <param name="clock">Says what has expired.</param>
public sealed class MemoryStore(TimeProvider clock) : ICorrelationStore
{
    private const int PageSize = 1_000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredItem> _items = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredItem>> LoadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            IReadOnlyList<StoredItem> found = [.. keys.Where(_items.ContainsKey).Select(key => Expiry.Apply(_items[key], clock))];
            return Task.FromResult(found);
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(StoredItem item, long? expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_lock)
        {
            var written = Expiry.Allows(_items.GetValueOrDefault(item.Key), expected, clock);
            if (written)
            {
                _items[item.Key] = item with { State = item.State.ToArray(), Outbox = item.Outbox.ToArray() };
            }

            return Task.FromResult(written);
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryUpdateAsync(OutboxUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (_lock)
        {
            if (!_items.TryGetValue(update.Key, out var item) || item.Version != update.Expected)
            {
                return Task.FromResult(false);
            }

            _items[update.Key] = item.With(update);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<ItemPage> ListAsync(SweepQuery query, string? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_lock)
        {
            var rest = _items.Values.SkipWhile(item => after is not null && string.CompareOrdinal(item.Key, after) <= 0).Take(PageSize + 1).ToList();
            var page = rest.Take(PageSize).Where(item => !Expiry.IsOver(item, clock) && query.Matches(item));
            return Task.FromResult(new ItemPage(
                [.. page.Select(item => item with { State = default, Outbox = default })], rest.Count > PageSize ? rest[PageSize - 1].Key : null));
        }
    }
}
