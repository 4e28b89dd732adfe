using System.Diagnostics.CodeAnalysis;
using Wire.Codec;

namespace AlertLambda.Intake;

/// <summary>Makes frames of records. What is none is set aside at once, before anything after it is taken.</summary>
/// <param name="quarantine">Keeps records that are not frames.</param>
public sealed class FrameIntake(IQuarantine quarantine)
{
    /// <summary>Events after which no further record is taken: what is decoded at once is bounded.</summary>
    public const int MaxEvents = 10_000;

    /// <summary>Takes records one after the other.</summary>
    /// <param name="records">The batch.</param>
    /// <param name="first">Index of the first to take.</param>
    /// <param name="counters">Counts records and frames.</param>
    /// <param name="time">Ends it early; at least one record is taken.</param>
    public async Task<FrameChunk> TakeAsync(IReadOnlyList<StreamRecord> records, int first, BatchCounters counters, TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(counters);
        ArgumentNullException.ThrowIfNull(time);
        var chunk = new FrameChunk(first);
        for (var events = 0; chunk.End < records.Count && events < MaxEvents && (chunk.End == first || !time.IsSpent); chunk.End++)
        {
            var record = records[chunk.End];
            var error = Decode(record, out var frame);
            if (error is null)
            {
                chunk.Frames.Add(new ReceivedFrame(chunk.End, record, frame!));
                events += frame!.Events.Count;
                counters.Add(frame);
                continue;
            }

            chunk.KeepFault = await KeepAsync(record, error.Value, counters, time.Token);
            if (chunk.KeepFault is not null)
            {
                return chunk;
            }

            chunk.Quarantined.Add(new QuarantinedRecord(record, error.Value));
        }

        return chunk;
    }

    /// <summary>Sets aside the records of a chunk at which the function failed. To be called when what was found before the failure is committed.</summary>
    public async Task KeepFaultsAsync(FrameChunk chunk, BatchCounters counters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(counters);
        foreach (var received in chunk.Frames.Where(received => received.Fault is not null))
        {
            chunk.KeepFault = await KeepAsync(received.Record, received.Fault!.Value, counters, cancellationToken);
            if (chunk.KeepFault is not null)
            {
                chunk.End = received.Index;
                return;
            }

            chunk.Quarantined.Add(new QuarantinedRecord(received.Record, received.Fault.Value));
        }
    }

    /// <summary>A record that was taken before, as a frame; false for one that is none, which was set aside then.</summary>
    public static bool TryDecode(StreamRecord record, [NotNullWhen(true)] out Wire.Model.Frame? frame)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Decode(record, out frame) is null;
    }

    /// <summary>Records that were taken before, as frames.</summary>
    /// <param name="records">The records.</param>
    /// <param name="mostEvents">From so many events on no further record is looked at.</param>
    public static IReadOnlyList<ReceivedFrame> Again(IEnumerable<StreamRecord> records, int mostEvents = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(records);
        var (frames, events) = (new List<ReceivedFrame>(), 0L);
        foreach (var record in records.TakeWhile(_ => events < mostEvents))
        {
            if (TryDecode(record, out var frame))
            {
                frames.Add(new ReceivedFrame(-1, record, frame));
                events += frame.Events.Count;
            }
        }

        return frames;
    }

    private static FrameError? Decode(StreamRecord record, out Wire.Model.Frame? frame)
    {
        frame = null;
        try
        {
            return FrameDecoder.TryDecode(record.Data.Span, out frame, out var error) ? null : error;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, the same bytes would bring it about again and hold up the shard.
            return new FrameError(FrameErrorKind.Fault, 0, e.ToString());
        }
    }

    private async Task<string?> KeepAsync(StreamRecord record, FrameError error, BatchCounters counters, CancellationToken cancellationToken)
    {
        if (error.Kind == FrameErrorKind.Fault)
        {
            counters.Faults++;
        }
        else
        {
            counters.Undecodable++;
        }

        try
        {
            await quarantine.KeepAsync(record, error, cancellationToken);
            counters.Quarantined++;
            return null;
        }
        catch (Exception e) when (e is QuarantineException or OperationCanceledException)
        {
            return e.Message;
        }
    }
}
