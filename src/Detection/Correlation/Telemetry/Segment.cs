namespace Detection.Correlation.Telemetry;

/// <summary>Numbers of a lane of which the same is known, with the event times at its two ends.</summary>
/// <param name="First">First number.</param>
/// <param name="Last">Last number.</param>
/// <param name="Kind">What is known of them.</param>
/// <param name="FirstTimeNs">Time of the lowest event with a known time; <see cref="NoTime"/> where there is none.</param>
/// <param name="LastTimeNs">Time of the highest event with a known time; <see cref="NoTime"/> where there is none.</param>
internal readonly record struct Segment(ulong First, ulong Last, SegmentKind Kind, long FirstTimeNs, long LastTimeNs)
{
    /// <summary>Stands for "no event of a known time".</summary>
    public const long NoTime = long.MinValue;

    /// <summary>True for numbers whose events never came.</summary>
    public bool IsLost => Kind == SegmentKind.Lost;

    /// <summary>The segment joined with one that follows it directly and of which the same is known.</summary>
    public Segment Join(Segment next) => this with
    {
        Last = next.Last,
        FirstTimeNs = FirstTimeNs == NoTime ? next.FirstTimeNs : FirstTimeNs,
        LastTimeNs = next.LastTimeNs == NoTime ? LastTimeNs : next.LastTimeNs,
    };
}
