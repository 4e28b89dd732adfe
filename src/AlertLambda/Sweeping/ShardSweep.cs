using AlertLambda.Shards;

namespace AlertLambda.Sweeping;

/// <summary>What a sweep does about the shards of a stream: brings those to their end that nobody takes batches of, and asks which hosts are behind in their items.</summary>
/// <param name="stream">Name of the stream.</param>
/// <param name="keeper">Knows the shards.</param>
/// <param name="pipeline">Evaluates what is left; has the sweep's memory.</param>
public sealed class ShardSweep(string stream, ShardKeeper keeper, AlertPipeline pipeline)
{
    // Messages and silent hosts wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private IReadOnlyList<ShardName> _left = [];

    /// <summary>Asks which hosts have items that are behind.</summary>
    /// <param name="counters">Counts damaged marks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The hosts, by <see cref="ShardMark.NameOf"/>.</returns>
    /// <exception cref="ShardLogException">The stream does not say which shards there are, or not in time.</exception>
    /// <exception cref="State.StoreException">The store does not answer.</exception>
    public async Task<IReadOnlySet<uint>> BehindAsync(BatchCounters counters, CancellationToken cancellationToken)
    {
        _left = [];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var marks = await keeper.MarksAsync(stream, counters, patience.Token);
            _left = [.. marks.Where(one => keeper.IsLeft(one.Mark)).Select(one => one.Shard)];
            return marks.SelectMany(one => one.Mark.Heard.Keys).ToHashSet();
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ShardLogException("the stream does not say in time which shards there are", e);
        }
    }

    /// <summary>Brings the shards to their end that nobody took batches of when <see cref="BehindAsync"/> asked.</summary>
    /// <param name="counters">Counts what is done.</param>
    /// <param name="time">Ends it early.</param>
    /// <returns>Why a shard is not at its end; null = all are that should be.</returns>
    public async Task<string?> FinishAsync(BatchCounters counters, TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(time);
        string? fault = null;
        foreach (var shard in _left.TakeWhile(_ => !time.IsSpent))
        {
            fault = await pipeline.FinishAsync(shard, counters, time) ?? fault;
        }

        return fault;
    }
}
