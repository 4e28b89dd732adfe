namespace AlertLambda.Shards;

/// <summary>The stream as a log: what was delivered once can be read again while the stream keeps it. Thread-safe.</summary>
/// <remarks>Every method throws <see cref="ShardLogException"/> when there is no answer, and <see cref="OperationCanceledException"/>.</remarks>
public interface IShardLog
{
    /// <summary>Reads a stretch. What the stream has forgotten, or a stream that is gone, is no exception: it is said in the result.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="first">Number of the first record.</param>
    /// <param name="last">Number of the last record.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<LogRead> ReadAsync(ShardName shard, string first, string last, CancellationToken cancellationToken);

    /// <summary>All shards of a stream, also those that are closed and of which it keeps records. None when there is no such stream.</summary>
    Task<IReadOnlyList<LogShard>> ShardsAsync(string stream, CancellationToken cancellationToken);
}
