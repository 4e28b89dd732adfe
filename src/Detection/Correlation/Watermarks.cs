using Detection.Correlation.Telemetry;

namespace Detection.Correlation;

/// <summary>The time up to which the events of all hosts are there. Not thread-safe.</summary>
/// <remarks>One wrong clock alone does not move it: with several hosts it follows the second newest.</remarks>
internal sealed class Watermarks(DetectionLimits limits)
{
    /// <summary>How far it has to move before hosts that are silent are looked at again.</summary>
    private const long SweepNs = 1_000_000_000;

    /// <summary>The host with the newest event; empty before the first.</summary>
    public string NewestHost { get; set; } = "";

    /// <summary>Time of that event, ns.</summary>
    public long NewestNs { get; set; } = long.MinValue;

    /// <summary>Time of the newest event of any other host, ns.</summary>
    public long SecondNs { get; set; } = long.MinValue;

    /// <summary>For groups over hosts: events of all hosts are there up to this time, ns. With one host alone, it is that host's own.</summary>
    public long CommonNs => Sure(SecondNs == Segment.NoTime ? NewestNs : SecondNs);

    /// <summary>For a host: its events are there up to this time because those of two others are, ns.</summary>
    public long OfOthersNs => SecondNs == Segment.NoTime ? long.MinValue : Sure(SecondNs);

    /// <summary>The common time at which all hosts were looked at last, ns.</summary>
    public long SweptNs { get; set; } = long.MinValue;

    /// <summary>Takes an event up.</summary>
    /// <returns>True when it is time to look at all hosts.</returns>
    public bool Note(string hostId, long timeNs)
    {
        if (hostId == NewestHost)
        {
            NewestNs = Math.Max(NewestNs, timeNs);
        }
        else if (timeNs > NewestNs)
        {
            (NewestHost, SecondNs, NewestNs) = (hostId, NewestNs, timeNs);
        }
        else
        {
            SecondNs = Math.Max(SecondNs, timeNs);
        }

        // It goes back when the first host turns out to have been ahead of a second one.
        if (CommonNs >= SweptNs && CommonNs < Ns.Plus(SweptNs, SweepNs))
        {
            return false;
        }

        SweptNs = CommonNs;
        return true;
    }

    private long Sure(long newestNs) => Ns.Minus(Ns.Minus(newestNs, limits.LatenessNs), limits.LatenessNs);
}
