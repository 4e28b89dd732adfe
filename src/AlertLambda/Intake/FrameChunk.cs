namespace AlertLambda.Intake;

/// <summary>Records that are evaluated and committed together. Not thread-safe.</summary>
/// <param name="first">Index of its first record in the batch.</param>
public sealed class FrameChunk(int first)
{
    /// <summary>Those that are frames, in order, as far as they are to be evaluated still.</summary>
    public List<ReceivedFrame> Frames { get; private set; } = [];

    /// <summary>Those that were set aside.</summary>
    public List<QuarantinedRecord> Quarantined { get; } = [];

    /// <summary>Whether it is of records that were taken before: of hosts whose memory is made again.</summary>
    public bool IsAgain { get; init; }

    /// <summary>Index after its last record.</summary>
    public int End { get; set; } = first;

    /// <summary>Why the record at <see cref="End"/> could not be set aside; null = there was no such.</summary>
    public string? KeepFault { get; set; }

    /// <summary>Leaves the frames from one on to the next chunk.</summary>
    public void CutBefore(ReceivedFrame received)
    {
        ArgumentNullException.ThrowIfNull(received);
        Frames.RemoveRange(Frames.IndexOf(received), Frames.Count - Frames.IndexOf(received));
        (End, KeepFault) = (received.Index, null);
    }
}
