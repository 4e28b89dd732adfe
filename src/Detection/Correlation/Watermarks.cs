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

    /// <summary>Takes up what another one knows.</summary>
    /// <param name="newestHost">Its newest host …</param>
    /// <param name="newestNs">… the time of that one's newest event, ns …</param>
    /// <param name="secondNs">… that of the newest of all others, ns …</param>
    /// <param name="sweptNs">… and up to when it was looked at all hosts, ns.</param>
    public void Join(string newestHost, long newestNs, long secondNs, long sweptNs)
    {
        // The second newest of one may be the newest host of the other; then it is the older of that host's two, and does no harm.
        var (first, other) = newestNs > NewestNs ? (newestHost, NewestHost) : (NewestHost, newestHost);
        SecondNs = newestHost == NewestHost
            ? Math.Max(SecondNs, secondNs)
            : Math.Max(Math.Min(NewestNs, newestNs), newestNs > NewestNs ? secondNs : SecondNs);
        (NewestHost, NewestNs, SweptNs) = (first.Length > 0 ? first : other, Math.Max(NewestNs, newestNs), Math.Max(SweptNs, sweptNs));
    }

    private long Sure(long newestNs) => Ns.Minus(Ns.Minus(newestNs, limits.LatenessNs), limits.LatenessNs);
}
