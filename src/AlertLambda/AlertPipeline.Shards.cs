using AlertLambda.Intake;
using AlertLambda.Shards;
using AlertLambda.State;

namespace AlertLambda;

/// <content>
/// What is around the batches of a shard whose hosts are written seldom: first what memory lacks is read and evaluated again, last it is noted how far the shard was taken.
/// </content>
public sealed partial class AlertPipeline
{
    /// <summary>Brings a shard to its end that nobody takes batches of: all that its hosts' items lack goes into them.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="counters">Counts what is done.</param>
    /// <param name="time">Ends it before the deadline; what was done until then is kept.</param>
    /// <returns>Why it is not at its end; null = it is.</returns>
    public async Task<string?> FinishAsync(ShardName shard, BatchCounters counters, TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(time);
        var run = new BatchRun([], counters);
        await TryAsync(run, () => FinishAsync(shard, [shard], run, time));
        items.Trim();
        return run.Reason == StopReason.None ? null : run.Result().Fault ?? run.Reason.ToString();
    }

    private async Task<ShardName?> BeginShardAsync(BatchRun run, TimeBudget time)
    {
        items.Tails.Begin(null);
        if (keeper is null || ShardName.Of(run.Records[0]) is not { } shard)
        {
            return null;
        }

        var isBegun = false;
        await TryAsync(run, async () =>
        {
            if (!await keeper.BeginAsync(shard, run.Counters, time.Token))
            {
                await FinishParentsAsync(shard, [shard], run, time);
                await keeper.BeginAsync(shard, run.Counters, time.Token);
            }

            isBegun = run.Reason == StopReason.None;
            if (items.TakeAgain(null, 1).Count > 0)
            {
                await EvaluateAgainAsync(run, time);
                if (run.Reason == StopReason.None)
                {
                    // What dies from here on does not die of what was read again.
                    await EndShardAsync(run, time);
                    isBegun = items.Tails.Current is not null;
                }
            }

            items.Tails.Current?.NoteBatch(run.Records.Sum(record => (long)record.Data.Length));
        });
        return isBegun ? shard : null;
    }

    // A host goes on in another shard when the stream is divided anew. Shards that were divided and merged have more ways to an ancestor than there are ancestors: each is looked at once.
    private async Task FinishParentsAsync(ShardName shard, HashSet<ShardName> seen, BatchRun run, TimeBudget time)
    {
        foreach (var parent in (await keeper!.ParentsAsync(shard, time.Token)).Where(seen.Add))
        {
            await FinishAsync(parent, seen, run, time);
        }
    }

    private async Task FinishAsync(ShardName shard, HashSet<ShardName> seen, BatchRun run, TimeBudget time)
    {
        if (run.Reason != StopReason.None)
        {
            return;
        }

        if (!await keeper!.BeginAsync(shard, run.Counters, time.Token))
        {
            await FinishParentsAsync(shard, seen, run, time);
            return;
        }

        for (var tries = 0; tries < CommitTries && run.Reason == StopReason.None && items.ForceTails(); tries++)
        {
            await EvaluateAgainAsync(run, time);
            await WriteTailsAsync(run, time);
        }

        await EndShardAsync(run, time);
        if (run.Reason == StopReason.None && items.ForceTails())
        {
            run.StopAt(0, StopReason.NotStored, "other processes write the same items again and again");
        }
    }

    private async Task EvaluateAgainAsync(BatchRun run, TimeBudget time)
    {
        while (run.Reason == StopReason.None && items.TakeAgain(null, 1).Count > 0)
        {
            await RunChunkAsync(run, new FrameChunk(run.Next) { IsAgain = true }, time);
            if (run.Reason == StopReason.None && time.IsSpent && items.TakeAgain(null, 1).Count > 0)
            {
                // Who goes on begins where this one ended.
                run.Stop(StopReason.OutOfTime);
                await WriteTailsAsync(run, time);
            }
        }
    }

    private async Task WriteTailsAsync(BatchRun run, TimeBudget time)
    {
        if (items.ForceTails() && !await items.TryCommitAsync(run.Counters, time.Token))
        {
            items.ForgetUnwritten();
        }
    }

    private async Task EndShardAsync(BatchRun run, TimeBudget time) => await TryAsync(run, async () =>
    {
        if (!await keeper!.EndAsync(run.Next > 0 ? run.Records[run.Next - 1].SequenceNumber : null, run.Counters, time.Token))
        {
            run.StopAt(0, StopReason.NotStored, "another process takes batches of the same shard");
        }
    });

    // What fails here leaves all of the batch to the next delivery.
    private static async Task TryAsync(BatchRun run, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (ShardLogException e)
        {
            run.StopAt(0, StopReason.NotReadAgain, e.Message);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            run.Counters.StoreFailures++;
            run.StopAt(0, StopReason.NotStored, e.Message);
        }
    }
}
