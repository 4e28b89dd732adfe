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
/// Records are taken strictly in order, one after the other. A record is finished when all its alerts are published; at the first
/// that cannot be finished the batch stops, and delivery begins again with just that record. By then its events are known to the
/// engine and change nothing, and its alerts still wait in the outbox: so each alert goes out once per medium. Not thread-safe.
/// </remarks>
/// <param name="quarantine">Keeps records that are not frames.</param>
/// <param name="engine">Remembers earlier events; lives as long as the pipeline.</param>
/// <param name="composer">Writes the alerts.</param>
/// <param name="outbox">Alerts on their way out; lives as long as the pipeline.</param>
public sealed class AlertPipeline(IQuarantine quarantine, DetectionEngine engine, AlertComposer composer, Outbox outbox)
{
    /// <summary>Takes one batch.</summary>
    /// <param name="records">Records of one shard, in order.</param>
    /// <param name="time">Ends the batch before the deadline.</param>
    public async Task<BatchResult> RunAsync(IReadOnlyList<StreamRecord> records, TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(time);
        var counters = new BatchCounters();

        // What an earlier batch left behind goes out first, also when this batch is of another shard.
        if (!await outbox.PublishAsync(counters, time.Token))
        {
            return new BatchResult(counters, records.Count > 0 ? records[0] : null, StopReason.NotPublished);
        }

        foreach (var record in records)
        {
            if (time.IsSpent)
            {
                return new BatchResult(counters, record, StopReason.OutOfTime);
            }

            if (!FrameDecoder.TryDecode(record.Data.Span, out var frame, out var error))
            {
                counters.Undecodable++;
                await quarantine.KeepAsync(record, error, time.Token);
                counters.Quarantined++;
                counters.Records++;
                continue;
            }

            foreach (var incident in Detect(frame, counters))
            {
                outbox.Add(composer.Compose(incident));
            }

            if (!await outbox.PublishAsync(counters, time.Token))
            {
                return new BatchResult(counters, record, StopReason.NotPublished);
            }

            counters.Records++;
        }

        return new BatchResult(counters, null, StopReason.None);
    }

    private List<Incident> Detect(Frame frame, BatchCounters counters)
    {
        var duplicates = engine.Counters.Duplicates;
        var evicted = Evicted();
        var incidents = new List<Incident>();
        foreach (var hostEvent in frame.Events)
        {
            incidents.AddRange(engine.Evaluate(hostEvent));
        }

        counters.Frames++;
        counters.Events += frame.Events.Count;
        counters.UnknownEvents += frame.UnknownEvents;
        counters.LostOnHost += frame.Lost.Aggregate(0ul, (sum, lost) => sum + lost.Range.Count);
        counters.Duplicates += engine.Counters.Duplicates - duplicates;
        counters.Evicted += Evicted() - evicted;
        counters.Incidents += incidents.Count;
        return incidents;
    }

    private long Evicted() =>
        engine.Counters.EvictedHits + engine.Counters.EvictedIncidentGroups + engine.Counters.EvictedRanges;
}
