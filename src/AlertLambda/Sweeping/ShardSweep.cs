using AlertLambda.Shards;

namespace AlertLambda.Sweeping;

/// <summary>What a sweep does about the shards of a stream: brings those to their end that nobody takes batches of, and asks which hosts are behind in their items.</summary>
/// <param name="stream">Name of the stream.</param>
/// <param name="keeper">Knows the shards.</param>
/// <param name="pipeline">Evaluates what is left; has the sweep's memory.</param>
public sealed class ShardSweep(string stream, ShardKeeper keeper, AlertPipeline pipeline)
{
    /// <summary>Goes through the shards.</summary>
    /// <param name="counters">Counts what is done.</param>
    /// <param name="time">Ends it early.</param>
    /// <returns>The hosts whose items are behind, by <see cref="ShardMark.NameOf"/>, and why a shard is not at its end; null = all are that should be.</returns>
    /// <exception cref="ShardLogException">The stream does not say which shards there are.</exception>
    /// <exception cref="State.StoreException">The store does not answer.</exception>
    public async Task<(IReadOnlySet<uint> Behind, string? Fault)> RunAsync(BatchCounters counters, TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(time);
        string? fault = null;
        var marks = await keeper.MarksAsync(stream, counters, time.Token);
        foreach (var (shard, _) in marks.Where(one => keeper.IsLeft(one.Mark)))
        {
            fault = await pipeline.FinishAsync(shard, counters, time) ?? fault;
        }

        return (marks.SelectMany(one => one.Mark.Heard.Keys).ToHashSet(), fault);
    }
}
