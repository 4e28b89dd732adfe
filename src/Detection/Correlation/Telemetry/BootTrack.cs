using Wire.Model;

namespace Detection.Correlation.Telemetry;

/// <summary>The lanes of one boot of a host. Not thread-safe.</summary>
internal sealed class BootTrack
{
    private readonly LaneTrack[] _lanes = [new(), new()];

    /// <summary>All lanes, by number.</summary>
    public IReadOnlyList<LaneTrack> Lanes => _lanes;

    /// <summary>Lowest event time seen, ns.</summary>
    public long OldestNs { get; set; } = long.MaxValue;

    /// <summary>Highest event time seen, ns.</summary>
    public long NewestNs { get; set; } = long.MinValue;

    /// <summary>The track of one lane.</summary>
    public LaneTrack this[Lane lane] => _lanes[(int)lane];

    /// <summary>Widens the times to an event's.</summary>
    public void NoteTime(long timeNs)
    {
        OldestNs = Math.Min(OldestNs, timeNs);
        NewestNs = Math.Max(NewestNs, timeNs);
    }

    /// <summary>
    /// Time up to which all lanes are complete by their numbers; <see cref="Segment.NoTime"/> when that is not known of one. A lane whose
    /// first number is not known to be its first counts only once nothing older can come.
    /// </summary>
    /// <param name="nothingBeforeNs">No event older than this can come any more.</param>
    public long CompleteNs(long nothingBeforeNs)
    {
        var completeNs = long.MaxValue;
        foreach (var lane in _lanes)
        {
            var begins = lane.Segments.Count == 0 || lane.Segments[0].First == 1 || OldestNs < nothingBeforeNs;
            completeNs = Math.Min(completeNs, begins ? lane.CompleteNs() : Segment.NoTime);
        }

        return completeNs;
    }
}
