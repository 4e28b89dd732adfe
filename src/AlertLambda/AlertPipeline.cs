using AlertLambda.Delivery;
using AlertLambda.Findings;
using AlertLambda.Intake;
using AlertLambda.Shards;
using AlertLambda.State;
using AlertLambda.Tuning;
using Detection;
using Wire.Codec;
using Wire.Model;

namespace AlertLambda;

/// <summary>
/// The path of a record through the function, stage by stage: intake, detection, alerts, commit, delivery. Only this file knows the order;
/// no stage calls the next.
/// </summary>
/// <remarks>
/// Records are taken strictly in order, in chunks that are committed as a whole. The first that cannot be committed ends the batch, and delivery begins
/// again with it: nothing of it is in the store. Alerts go to the store with what they follow from, and out after that. Not thread-safe.
/// </remarks>
/// <param name="intake">Makes frames of records.</param>
/// <param name="engine">Evaluates; its memory is a cache of the store.</param>
/// <param name="items">The same memory as items of the store; lives as long as the engine.</param>
/// <param name="desk">Says what people are told.</param>
/// <param name="delivery">Publishes them.</param>
/// <param name="keeper">Lets hosts be written seldom; null = each is written with what it changes.</param>
public sealed partial class AlertPipeline(
    FrameIntake intake, DetectionEngine engine, EngineItems items, NewsDesk desk, OutboxDelivery delivery, ShardKeeper? keeper = null)
{
    // Texts that wait for a commit are bounded: an item has room for so many.
    private const int MaxUncommitted = 256 * 1024;
    private const int CommitTries = 6;

    // Records that are evaluated again before what follows from them is committed.
    private const int MostAgain = 2_000;

    // One line of the log says them, for a metric of each rule would cost as much as all else together.
    private const int RulesTold = 3;

    /// <summary>Takes one batch.</summary>
    /// <param name="records">Records of one shard, in order.</param>
    /// <param name="time">Ends the batch before the deadline.</param>
    public async Task<BatchResult> RunAsync(IReadOnlyList<StreamRecord> records, TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(time);
        var run = new BatchRun(records);

        // What an earlier batch left behind goes out first, also when this batch is of another shard.
        if (!await delivery.PublishAsync(items, run.Counters, time.Token) && records.Count > 0)
        {
            run.Stop(StopReason.NotPublished);
        }

        var shard = run.IsOver ? null : await BeginShardAsync(run, time);
        while (!run.IsOver)
        {
            if (time.IsSpent)
            {
                run.Stop(StopReason.OutOfTime);
                break;
            }

            await RunChunkAsync(run, await intake.TakeAsync(run.Records, run.Next, run.Counters, time), time);
        }

        if (shard is not null)
        {
            await EndShardAsync(run, time);
        }

        items.Trim();
        return run.Result() with { DearestRules = engine.TakeDearestRules(RulesTold) };
    }

    private async Task RunChunkAsync(BatchRun run, FrameChunk chunk, TimeBudget time)
    {
        await CommitAsync(run, chunk, time);
        if (run.Reason == StopReason.None)
        {
            await intake.KeepFaultsAsync(chunk, run.Counters, time.Token);
            run.Finish(chunk);
        }

        // Also when the batch has stopped: what was committed before that is durable, and its alerts are due.
        if (!await delivery.PublishAsync(items, run.Counters, time.Token) && run.Reason == StopReason.None)
        {
            run.Stop(StopReason.NotPublished);
        }
    }

    // Evaluates and commits; after a lost race what was not written once more, from what the other process wrote.
    private async Task CommitAsync(BatchRun run, FrameChunk chunk, TimeBudget time)
    {
        List<ReceivedFrame> open = [.. chunk.Frames];
        var isTold = false;
        for (var tries = 1; open.Count > 0 || !isTold || chunk.IsAgain; tries++)
        {
            string? fault;
            try
            {
                var again = await LoadAsync(chunk, open, run.Counters, time);
                open = Evaluate(chunk, again, open, time);
                TellOwn(chunk, ref isTold);
                fault = await items.TryCommitAsync(run.Counters, time.Token) ? null : "other processes write the same items again and again";
                if (fault is null)
                {
                    break;
                }
            }
            catch (Exception e) when (e is StoreException or OperationCanceledException)
            {
                run.Counters.StoreFailures++;
                tries = CommitTries;
                fault = e.Message;
            }

            open = [.. open.Where(received => !items.IsWritten(received.Frame.Host.HostId))];
            isTold &= !items.HasFunctionNews;
            items.ForgetUnwritten();
            if (tries == CommitTries && (open.Count > 0 || !isTold || chunk.IsAgain))
            {
                run.StopAt(open.Count > 0 ? open[0].Index : run.Next, StopReason.NotStored, fault);
                return;
            }
        }

        chunk.Frames.ForEach(received => run.Counters.AddEvaluation(received.Evaluation));
    }

    // What the frames need; and the records before them of hosts whose memory was lost, as after a lost race.
    private async Task<IReadOnlyList<ReceivedFrame>> LoadAsync(FrameChunk chunk, List<ReceivedFrame> open, BatchCounters counters, TimeBudget time)
    {
        var again = chunk.IsAgain ? FrameIntake.Again(items.TakeAgain(null, MostAgain), FrameIntake.MaxEvents) : [];
        await items.LoadAsync([.. again.Concat(open).Select(received => received.Frame)], counters, time.Token);
        return chunk.IsAgain ? again : FrameIntake.Again(items.TakeAgain(open, int.MaxValue));
    }

    // Once for a chunk, and again if it was not stored.
    private void TellOwn(FrameChunk chunk, ref bool isTold)
    {
        if (!isTold)
        {
            desk.TellOwn(chunk.Quarantined);
            desk.TellDue();
            isTold = true;
        }
    }

    // The frames that were evaluated: those before one that memory is not ready for, or that there is no room or time for now.
    private List<ReceivedFrame> Evaluate(FrameChunk chunk, IReadOnlyList<ReceivedFrame> again, List<ReceivedFrame> open, TimeBudget time)
    {
        var done = 0;
        foreach (var received in again.Concat(open))
        {
            if (done > 0 && (!items.IsReady(received.Frame) || items.UncommittedLength >= MaxUncommitted || time.IsSpent))
            {
                break;
            }

            received.Begin();
            items.See(received);
            Watch(received);
            Evaluate(received);
            done++;
        }

        var evaluated = open.GetRange(0, Math.Max(0, done - again.Count));
        if (evaluated.Count < open.Count)
        {
            chunk.CutBefore(open[evaluated.Count]);
        }

        return evaluated;
    }

    private void Watch(ReceivedFrame received)
    {
        var findings = items.Watch(received);
        received.Evaluation.Gaps = findings.Count(finding => finding is { Kind: FindingKind.TelemetryGap, IsOver: false });
        desk.Tell(received.Frame.Host.HostId, findings);
    }

    private void Evaluate(ReceivedFrame received)
    {
        received.Evaluation.Add(engine.Counters, -1);
        try
        {
            foreach (var incident in engine.EvaluateFrame(received.Frame, FrameDigest.Of(received.Record.Data.Span)))
            {
                desk.Tell(incident);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, the same frame would bring it about again and hold up the shard.
            received.Fault = new FrameError(FrameErrorKind.Fault, 0, e.ToString());
        }
        finally
        {
            received.Evaluation.Add(engine.Counters, 1);
        }
    }
}
