using System.Collections.Concurrent;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Support.Lambda;

/// <summary>
/// Polls a stream and invokes a function, by the rules of Lambda's event source mapping: each shard from its oldest record on, in
/// order, a batch only after the one before it is done or given up; partial failures repeat from the lowest failed record.
/// </summary>
/// <remarks>
/// Shards take turns here, where Lambda reads them at the same time; there is no batching window, no parallelisation factor and
/// no age limit; after a reshard the children are not held back until their parents are read. Progress made by a partial failure
/// starts the count of retries anew. One caller of the methods at a time.
/// </remarks>
/// <param name="kinesis">The client to read with. Not disposed of.</param>
/// <param name="options">The settings.</param>
/// <param name="invoke">Invokes the function, as <see cref="LambdaRuntimeApi.InvokeAsync"/> does.</param>
public sealed class KinesisEventSourceMapping(
    IAmazonKinesis kinesis,
    EventSourceMappingOptions options,
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<LambdaResult>> invoke)
{
    /// <summary>Lambda's limit of an event, 6 MB; a batch is cut short of it.</summary>
    private const int MaximumPayload = 6 * 1024 * 1024;

    /// <summary>Room in an event for all of a record but its data and key.</summary>
    private const int RecordOverhead = 1024;

    private readonly Dictionary<string, ShardReader> _shards = [];
    private readonly ConcurrentQueue<BatchDelivery> _deliveries = [];
    private readonly ConcurrentQueue<DiscardedBatch> _discarded = [];

    /// <summary>Every invocation so far, retries included, in order.</summary>
    public IReadOnlyCollection<BatchDelivery> Deliveries => _deliveries;

    /// <summary>The records given up so far.</summary>
    public IReadOnlyCollection<DiscardedBatch> Discarded => _discarded;

    /// <summary>Delivers everything the stream holds now, and returns. A later call goes on from there.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        while (await PollAsync(cancellationToken))
        {
        }
    }

    /// <summary>
    /// Polls until the token is cancelled, and then returns. A later call delivers again what was not answered.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await DrainAsync(cancellationToken);
                await Task.Delay(options.Pause, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The asked-for end.
        }
    }

    /// <summary>Reads each shard once and delivers what came.</summary>
    /// <returns>Whether there is more to be read at once.</returns>
    private async Task<bool> PollAsync(CancellationToken cancellationToken)
    {
        await FindShardsAsync(cancellationToken);
        var any = false;
        foreach (var shard in _shards.Values.Where(shard => !shard.Ended))
        {
            var (records, more) = await shard.ReadAsync(options.BatchSize, cancellationToken);
            try
            {
                for (var start = 0; start < records.Count;)
                {
                    var count = CountThatFits(records, start);
                    await DeliverAsync(shard, records.GetRange(start, count), cancellationToken);
                    start += count;
                }
            }
            catch
            {
                shard.Rewind();
                throw;
            }

            any |= more || records.Count > 0;
        }

        return any;
    }

    private async Task FindShardsAsync(CancellationToken cancellationToken)
    {
        var response = await kinesis.ListShardsAsync(new ListShardsRequest { StreamName = options.StreamName }, cancellationToken);
        foreach (var shardId in (response.Shards ?? []).Select(shard => shard.ShardId!))
        {
            _shards.TryAdd(shardId, new ShardReader(kinesis, options.StreamName, shardId));
        }
    }

    private static int CountThatFits(List<Record> records, int start)
    {
        long size = 0;
        for (var i = start; i < records.Count; i++)
        {
            size += (records[i].Data!.Length * 4 / 3) + RecordOverhead;
            if (size > MaximumPayload && i > start)
            {
                return i - start;
            }
        }

        return records.Count - start;
    }

    private async Task DeliverAsync(ShardReader shard, List<Record> records, CancellationToken cancellationToken)
    {
        var open = new Stack<(List<Record> Batch, int Retries)>([(records, 0)]);
        while (open.TryPop(out var next))
        {
            var (batch, retries) = next;
            var payload = KinesisEventJson.Write(options.StreamArn, shard.ShardId, batch, options.EncryptionType);
            var result = await invoke(payload, cancellationToken);
            var done = BatchVerdict.FirstToRepeat(result, batch, options.ReportBatchItemFailures);
            _deliveries.Enqueue(new BatchDelivery(shard.ShardId, Numbers(batch), result, done));
            if (done > 0)
            {
                shard.Checkpoint(batch[done - 1]);
            }

            if (done == batch.Count)
            {
                continue;
            }

            if (done > 0)
            {
                open.Push((batch[done..], 0));
            }
            else if (options.BisectBatchOnFunctionError && batch.Count > 1)
            {
                var half = batch.Count / 2;
                open.Push((batch[half..], retries));
                open.Push((batch[..half], retries));
            }
            else if (retries < options.MaximumRetryAttempts)
            {
                open.Push((batch, retries + 1));
            }
            else
            {
                _discarded.Enqueue(new DiscardedBatch(shard.ShardId, Numbers(batch), result));
                shard.Checkpoint(batch[^1]);
                continue;
            }

            await Task.Delay(options.Pause, cancellationToken);
        }
    }

    private static List<string> Numbers(List<Record> batch) => batch.ConvertAll(record => record.SequenceNumber!);
}
