namespace AlertLambda.State;

/// <summary>
/// Where items outlive the process. Each write is one item under one condition, the version: that is the whole atomic step. Thread-safe.
/// </summary>
/// <remarks>
/// Every method throws <see cref="StoreException"/> when the store does not answer or refuses, and then the write may have happened or not;
/// and <see cref="OperationCanceledException"/> likewise.
/// </remarks>
public interface ICorrelationStore
{
    /// <summary>The items that are there, as the last write left them. One that has expired comes without contents.</summary>
    /// <param name="keys">Each once; any number.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<IReadOnlyList<StoredItem>> LoadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Writes an item whole.</summary>
    /// <param name="item">With its new version.</param>
    /// <param name="expected">The version that is there; null = none, or one that has expired.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>False when another version is there: nothing was written.</returns>
    Task<bool> TryWriteAsync(StoredItem item, long? expected, CancellationToken cancellationToken);

    /// <summary>Changes an item's unsent messages.</summary>
    /// <returns>False when another version is there: nothing was written.</returns>
    Task<bool> TryUpdateAsync(OutboxUpdate update, CancellationToken cancellationToken);

    /// <summary>Lists items for the sweep; those that change meanwhile may come in either form or not at all. Expired ones do not come.</summary>
    /// <param name="query">Which.</param>
    /// <param name="after">The <see cref="ItemPage.Next"/> of the page before; null = from the beginning.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<ItemPage> ListAsync(SweepQuery query, string? after, CancellationToken cancellationToken);
}
