using AlertLambda.Shards;

namespace Benchmarks.Function;

/// <summary>A stream of one shard that could be read again; a worker that has all in memory does not ask for it.</summary>
internal sealed class UnaskedLog : IShardLog
{
    public Task<LogRead> ReadAsync(ShardName shard, string first, string last, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("one worker has all of it in memory");

    public Task<IReadOnlyList<LogShard>> ShardsAsync(string stream, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LogShard>>([]);
}
