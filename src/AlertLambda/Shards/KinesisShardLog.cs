using AlertLambda.Intake;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace AlertLambda.Shards;

/// <summary>Reads Kinesis again, beside the event source mapping, with which it shares five calls and 2 MB a second of each shard. Thread-safe.</summary>
/// <param name="kinesis">Client; belongs to the caller.</param>
/// <param name="clock">For pauses.</param>
public sealed class KinesisShardLog(IAmazonKinesis kinesis, TimeProvider clock) : IShardLog
{
    // A shard answers five times a second to all who ask.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public async Task<LogRead> ReadAsync(ShardName shard, string first, string last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shard);
        var records = new List<StreamRecord>();
        try
        {
            var iterator = await IteratorAsync(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, first, cancellationToken);
            while (iterator is not null)
            {
                GetRecordsResponse page;
                try
                {
                    page = await CallAsync(() => kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator }, cancellationToken), cancellationToken);
                }
                catch (ExpiredIteratorException)
                {
                    iterator = records.Count == 0
                        ? await IteratorAsync(shard, ShardIteratorType.AT_SEQUENCE_NUMBER, first, cancellationToken)
                        : await IteratorAsync(shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, records[^1].SequenceNumber!, cancellationToken);
                    continue;
                }

                var got = page.Records ?? [];
                records.AddRange(got.Select(record => Read(shard, record)).TakeWhile(record => SequenceNumber.IsUpTo(record.SequenceNumber, last)));
                var isOver = got.Count > 0 ? SequenceNumber.IsUpTo(last, got[^1].SequenceNumber) : page.MillisBehindLatest is null or 0;
                iterator = isOver ? null : page.NextShardIterator;
            }
        }
        catch (Exception e) when (e is ResourceNotFoundException or InvalidArgumentException)
        {
            // No such shard any more, or numbers of a stream that had the same name.
            return new LogRead(records, $"{e.GetType().Name}: {e.Message}");
        }

        return new LogRead(records,
            records.Count == 0 ? "the stream has forgotten all of it"
            : records[0].SequenceNumber != first ? $"the stream has forgotten what came before {records[0].SequenceNumber}"
            : records[^1].SequenceNumber != last ? $"the stream has nothing after {records[^1].SequenceNumber}"
            : null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LogShard>> ShardsAsync(string stream, CancellationToken cancellationToken)
    {
        var shards = new List<LogShard>();
        try
        {
            ListShardsResponse page;
            var request = new ListShardsRequest { StreamName = stream };
            do
            {
                page = await CallAsync(() => kinesis.ListShardsAsync(request, cancellationToken), cancellationToken);
                shards.AddRange((page.Shards ?? []).Select(shard => new LogShard(
                    shard.ShardId!, [.. ((string?[])[shard.ParentShardId, shard.AdjacentParentShardId]).Where(parent => !string.IsNullOrEmpty(parent)).Select(parent => parent!)])));
                request = new ListShardsRequest { NextToken = page.NextToken };
            }
            while (!string.IsNullOrEmpty(page.NextToken));
        }
        catch (ResourceNotFoundException)
        {
            return [];
        }

        return shards;
    }

    private static StreamRecord Read(ShardName shard, Record record) =>
        new(shard.Id, record.SequenceNumber, record.PartitionKey ?? "", record.Data is { } data ? data.ToArray() : default(ReadOnlyMemory<byte>))
        {
            Stream = shard.Stream,
            ArrivedAt = record.ApproximateArrivalTimestamp is { } time ? new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero) : null,
        };

    private async Task<string?> IteratorAsync(ShardName shard, ShardIteratorType type, string number, CancellationToken cancellationToken)
    {
        var request = new GetShardIteratorRequest { StreamName = shard.Stream, ShardId = shard.Id, ShardIteratorType = type, StartingSequenceNumber = number };
        return (await CallAsync(() => kinesis.GetShardIteratorAsync(request, cancellationToken), cancellationToken)).ShardIterator;
    }

    // What passes by itself is waited for, until the time of the invocation is over.
    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is ProvisionedThroughputExceededException or LimitExceededException or KMSThrottlingException)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (AmazonServiceException e) when (e is not (ResourceNotFoundException or InvalidArgumentException or ExpiredIteratorException))
            {
                throw new ShardLogException($"{e.ErrorCode}: {e.Message}", e);
            }
            catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or TimeoutException)
            {
                throw new ShardLogException($"{e.GetType().Name}: {e.Message}", e);
            }
        }
    }
}
