namespace Detection.Correlation.Telemetry;

/// <summary>When numbers were lost.</summary>
/// <param name="StartNs">Not before this time, ns.</param>
/// <param name="AfterNs">Time of the first event after them, ns; <see cref="Segment.NoTime"/> when none came.</param>
/// <param name="ToldNs">Without such an event: the time before which they were given as the host says, ns; else the end of time.</param>
internal readonly record struct LossSpan(long StartNs, long AfterNs, long ToldNs)
{
    /// <summary>The time after which it says nothing any more, ns.</summary>
    public long EndNs => AfterNs != Segment.NoTime ? AfterNs : ToldNs;

    /// <inheritdoc cref="LaneTrack.LostBetween"/>
    public bool Overlaps(long fromNs, long toNs, long endsBeforeNs) =>
        EndNs >= fromNs && StartNs <= toNs && (AfterNs == Segment.NoTime || AfterNs <= endsBeforeNs);
}
