using Wire.Model;

namespace Detection.Correlation.Telemetry;

/// <summary>The lanes of one boot of a host. Not thread-safe.</summary>
internal sealed class BootTrack
{
    /// <summary>Lanes of a boot: more than any sensor has, few enough for a hostile frame.</summary>
    private const int MaxLanes = 8;

    /// <summary>Numbers of the lanes: those of our sensor always, others once they were named.</summary>
    public Lane[] LaneIds { get; private set; } = [Lane.High, Lane.Bulk];

    /// <summary>The lanes, in the same order.</summary>
    public LaneTrack[] Lanes { get; private set; } = [new(), new()];

    /// <summary>The frame that was taken up last; null = none, or nobody said which it was.</summary>
    public FrameDigest? NewestFrame { get; set; }

    /// <summary>True from the time that the boot was loaded until the first frame.</summary>
    public bool AwaitsFrame { get; set; }

    /// <summary>Lowest event time seen, ns.</summary>
    public long OldestNs { get; set; } = long.MaxValue;

    /// <summary>Highest event time seen, ns.</summary>
    public long NewestNs { get; set; } = long.MinValue;

    /// <summary>The track of one lane, made if it is new.</summary>
    /// <exception cref="InvalidDataException">The boot has too many lanes.</exception>
    public LaneTrack this[Lane lane]
    {
        get
        {
            var index = Array.IndexOf(LaneIds, lane);
            if (index >= 0)
            {
                return Lanes[index];
            }

            if (Lanes.Length == MaxLanes)
            {
                throw new InvalidDataException($"a boot with more than {MaxLanes} lanes");
            }

            (LaneIds, Lanes) = ([.. LaneIds, lane], [.. Lanes, new LaneTrack()]);
            return Lanes[^1];
        }
    }

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
