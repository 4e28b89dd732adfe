using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Support.Lambda;

/// <summary>
/// Reads one shard from its oldest record on, and keeps the checkpoint: the last record that needs no delivery any more.
/// </summary>
internal sealed class ShardReader(IAmazonKinesis kinesis, string streamName, string shardId)
{
    private string? _iterator;
    private string? _checkpoint;

    public string ShardId => shardId;

    /// <summary>Whether the shard was closed and is read to its end.</summary>
    public bool Ended { get; private set; }

    /// <summary>The next records, oldest first.</summary>
    /// <returns>The records, and whether more are there to be read.</returns>
    public async Task<(List<Record> Records, bool More)> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        _iterator ??= await PlaceAsync(cancellationToken);
        GetRecordsResponse response;
        try
        {
            response = await kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = _iterator, Limit = limit }, cancellationToken);
        }
        catch (ExpiredIteratorException)
        {
            _iterator = null;
            return ([], true);
        }

        _iterator = response.NextShardIterator;
        Ended = _iterator is null;
        return (response.Records ?? [], !Ended && response.MillisBehindLatest is > 0);
    }

    /// <summary>Everything up to this record is done or given up.</summary>
    public void Checkpoint(Record last) => _checkpoint = last.SequenceNumber;

    /// <summary>Reads again from the checkpoint on, since what was read was not delivered to its end.</summary>
    public void Rewind()
    {
        _iterator = null;
        Ended = false;
    }

    private async Task<string> PlaceAsync(CancellationToken cancellationToken)
    {
        var request = new GetShardIteratorRequest
        {
            StreamName = streamName,
            ShardId = shardId,
            ShardIteratorType = _checkpoint is null ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.AFTER_SEQUENCE_NUMBER,
            StartingSequenceNumber = _checkpoint,
        };
        return (await kinesis.GetShardIteratorAsync(request, cancellationToken)).ShardIterator
            ?? throw new InvalidOperationException($"{streamName}/{shardId}: Kinesis gave no iterator.");
    }
}
