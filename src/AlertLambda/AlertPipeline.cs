using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using Detection;
using Detection.Findings;
using Wire.Codec;
using Wire.Model;

namespace AlertLambda;

/// <summary>
/// The path of a record through the function, stage by stage: intake, detection, alerts, delivery. Only this file knows the order;
/// no stage calls the next.
/// </summary>
/// <remarks>
/// Records are taken strictly in order, one after the other. A record is finished when all its alerts are published or set aside; at
/// the first that cannot be finished the batch stops, and delivery begins again with just that record. By then its events are known
/// to the engine and change nothing, and its incidents still wait here: so each alert goes out once per medium. Not thread-safe.
/// </remarks>
/// <param name="quarantine">Keeps records that are not frames.</param>
/// <param name="engine">Remembers earlier events; lives as long as the pipeline.</param>
/// <param name="composer">Writes the alerts.</param>
/// <param name="outbox">Alerts on their way out; lives as long as the pipeline.</param>
public sealed class AlertPipeline(IQuarantine quarantine, DetectionEngine engine, AlertComposer composer, Outbox outbox)
{
    // An incident is reported once, so it is kept before anything can fail; its texts are written one at a time.
    private readonly Queue<Incident> _incidents = new();

    /// <summary>Takes one batch.</summary>
    /// <param name="records">Records of one shard, in order.</param>
    /// <param name="time">Ends the batch before the deadline.</param>
    public async Task<BatchResult> RunAsync(IReadOnlyList<StreamRecord> records, TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(time);
        var counters = new BatchCounters();

        // What an earlier batch left behind goes out first, also when this batch is of another shard.
        await outbox.RetryRefusedAsync(counters, time.Token);
        var next = 0;
        var published = await PublishAsync(counters, time.Token);
        for (; published && next < records.Count && !time.IsSpent; next += published ? 1 : 0)
        {
            if (Evaluate(records[next], counters) is { } fault)
            {
                await quarantine.KeepAsync(records[next], fault, time.Token);
                counters.Quarantined++;
            }

            published = await PublishAsync(counters, time.Token);
            counters.Records += published ? 1 : 0;
        }

        counters.AlertsRefused = outbox.RefusedCount;
        return next == records.Count && published
            ? new BatchResult(counters, null, StopReason.None)
            : new BatchResult(counters, next < records.Count ? records[next] : null, published ? StopReason.OutOfTime : StopReason.NotPublished);
    }

    private async Task<bool> PublishAsync(BatchCounters counters, CancellationToken cancellationToken)
    {
        var published = await outbox.PublishAsync(counters, cancellationToken);
        while (published && _incidents.TryDequeue(out var incident))
        {
            outbox.Add(composer.Compose(incident));
            published = await outbox.PublishAsync(counters, cancellationToken);
        }

        return published;
    }

    // What is wrong with the record; null when it was evaluated.
    private FrameError? Evaluate(StreamRecord record, BatchCounters counters)
    {
        counters.Add(engine.Counters, -1);
        try
        {
            if (FrameDecoder.TryDecode(record.Data.Span, out var frame, out var error))
            {
                counters.Add(frame);
                Detect(frame, counters);
                return null;
            }

            counters.Undecodable++;
            return error;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, the same bytes would bring it about again and hold up the shard.
            counters.Faults++;
            return new FrameError(FrameErrorKind.Fault, 0, e.ToString());
        }
        finally
        {
            counters.Add(engine.Counters, 1);
        }
    }

    private void Detect(Frame frame, BatchCounters counters)
    {
        foreach (var incident in engine.EvaluateFrame(frame))
        {
            // A closed incident has no news for people yet: they were told when it opened.
            if (incident.Change != IncidentChange.Closed)
            {
                _incidents.Enqueue(incident);
                counters.Incidents += incident.Change == IncidentChange.Opened ? 1 : 0;
            }
        }
    }
}
