using AlertLambda.Intake;

namespace AlertLambda;

/// <summary>How far a batch has come. Not thread-safe.</summary>
/// <param name="records">The batch.</param>
/// <param name="counters">Counts what is done; null = from nothing.</param>
internal sealed class BatchRun(IReadOnlyList<StreamRecord> records, BatchCounters? counters = null)
{
    private readonly List<QuarantinedRecord> _quarantined = [];
    private string? _fault;

    internal IReadOnlyList<StreamRecord> Records => records;

    internal BatchCounters Counters { get; } = counters ?? new();

    /// <summary>Index of the first record that is not finished.</summary>
    internal int Next { get; private set; }

    /// <summary>Why it stopped.</summary>
    internal StopReason Reason { get; private set; }

    /// <summary>Whether nothing more is to be taken.</summary>
    internal bool IsOver => Reason != StopReason.None || Next == records.Count;

    /// <summary>All of a chunk is committed.</summary>
    internal void Finish(FrameChunk chunk)
    {
        Next = chunk.End;
        _quarantined.AddRange(chunk.Quarantined);
        if (chunk.KeepFault is not null)
        {
            (Reason, _fault) = (StopReason.NotKept, chunk.KeepFault);
        }
    }

    /// <summary>Stops before the next record.</summary>
    internal void Stop(StopReason reason) => Reason = reason;

    /// <summary>Stops before a record of the chunk that could not be committed.</summary>
    internal void StopAt(int index, StopReason reason, string? fault) => (Next, Reason, _fault) = (index, reason, fault);

    /// <summary>What is said of it.</summary>
    internal BatchResult Result()
    {
        // When all is committed and something is not published, the last record is asked for once more: it changes nothing, and brings the function back soon.
        var stoppedAt = Reason == StopReason.None ? null : Next < records.Count ? records[Next] : records.Count > 0 ? records[^1] : null;
        Counters.Records = stoppedAt is null ? Next : Math.Min(Next, records.Count - 1);
        return new BatchResult(Counters, stoppedAt, Reason) { Quarantined = _quarantined, Fault = _fault };
    }
}
