using Wire.Model;

namespace Detection.Correlation.Telemetry;

/// <summary>The lanes of one boot of a host. Not thread-safe.</summary>
internal sealed class BootTrack
{
    /// <summary>All lanes, by number.</summary>
    public LaneTrack[] Lanes { get; } = [new(), new()];

    /// <summary>Lowest event time seen, ns.</summary>
    public long OldestNs { get; set; } = long.MaxValue;

    /// <summary>Highest event time seen, ns.</summary>
    public long NewestNs { get; set; } = long.MinValue;

    /// <summary>The track of one lane.</summary>
    public LaneTrack this[Lane lane] => Lanes[(int)lane];

    /// <summary>Time up to which all lanes are complete by their numbers; <see cref="Segment.NoTime"/> when that is not known of one.</summary>
    public long CompleteNs()
    {
        var completeNs = long.MaxValue;
        foreach (var lane in Lanes)
        {
            completeNs = Math.Min(completeNs, lane.CompleteNs());
        }

        return completeNs;
    }
}
