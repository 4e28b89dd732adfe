using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace AlertLambda.State;

/// <summary>Keeps items in a DynamoDB table with the string key <c>pk</c>. Reads are strongly consistent, but for the listing. Thread-safe.</summary>
/// <param name="client">Belongs to the caller. Its retries are the only ones, but for keys that a batch leaves out.</param>
/// <param name="table">Name of the table.</param>
/// <param name="clock">Says what has expired.</param>
public sealed class DynamoStore(IAmazonDynamoDB client, string table, TimeProvider clock) : ICorrelationStore
{
    // Limit of BatchGetItem.
    private const int KeysPerCall = 100;
    private const int Rounds = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredItem>> LoadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var found = new List<StoredItem>(keys.Count);
        foreach (var part in keys.Chunk(KeysPerCall))
        {
            await LoadAsync(part, found, cancellationToken);
        }

        return found;
    }

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(StoredItem item, long? expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return TryAsync(() => client.PutItemAsync(DynamoRequests.Write(table, item, expected, clock.GetUtcNow()), cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> TryUpdateAsync(OutboxUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        return TryAsync(() => client.UpdateItemAsync(DynamoRequests.Update(table, update), cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<ItemPage> ListAsync(SweepQuery query, string? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var response = await CallAsync(() => client.ScanAsync(DynamoRequests.List(table, query, after), cancellationToken));
        return new ItemPage(
            [.. (response.Items ?? []).Select(DynamoItem.Read).Where(item => !Expiry.IsOver(item, clock))],
            response.LastEvaluatedKey is { Count: > 0 } last ? last[DynamoItem.Key].S : null);
    }

    // A batch may leave keys out: the answer was too large, or the table is throttled.
    private async Task LoadAsync(IReadOnlyList<string> keys, List<StoredItem> found, CancellationToken cancellationToken)
    {
        var open = DynamoRequests.Load(table, keys);
        for (var round = 0; open.RequestItems.Count > 0; round++)
        {
            if (round == Rounds)
            {
                throw new StoreException(true, "DynamoDB leaves keys of a batch out again and again");
            }

            await Task.Delay(Pause * ((1 << round) - 1), clock, cancellationToken);
            var response = await CallAsync(() => client.BatchGetItemAsync(open, cancellationToken));
            var items = response.Responses?.GetValueOrDefault(table) ?? [];
            found.AddRange(items.Select(item => Expiry.Apply(DynamoItem.Read(item), clock)));
            open = new BatchGetItemRequest { RequestItems = response.UnprocessedKeys ?? [] };
            // What came shows that it goes on: only rounds without anything count.
            round = items.Count > 0 ? -1 : round;
        }
    }

    private static async Task<bool> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await CallAsync(call);
            return true;
        }
        catch (StoreException e) when (e.InnerException is ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e)
        {
            throw new StoreException(DynamoErrors.IsTransient(e), $"{e.ErrorCode}: {e.Message}", e);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or TimeoutException)
        {
            // Not an answer of DynamoDB: no connection, no credentials yet.
            throw new StoreException(true, $"{e.GetType().Name}: {e.Message}", e);
        }
    }
}
