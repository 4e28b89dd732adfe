using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>A drawn event with its number in the lane.</summary>
/// <param name="Spec">What was drawn.</param>
/// <param name="Event">The event.</param>
/// <param name="First">First of the numbers that are accounted for together with it.</param>
/// <param name="LastEarlierNs">Time of the event before it in the lane; without one, the earliest time of all less 1 ns.</param>
internal sealed record Numbered(EventSpec Spec, HostEvent Event, ulong First, long LastEarlierNs)
{
    /// <summary>Last of the numbers that are accounted for together with it.</summary>
    public ulong Last => Event.Sequence + (ulong)Spec.LostAfter;

    /// <summary>How many of them come before it.</summary>
    public int Before => (int)(Event.Sequence - First);

    /// <summary>The numbers that were lost.</summary>
    public IReadOnlyList<LostRange> Lost =>
    [
        .. Spec.LostBefore > 0 ? [Range(Event.Sequence - (ulong)Spec.LostBefore, Event.Sequence - 1)] : (LostRange[])[],
        .. Spec.LostAfter > 0 ? [Range(Event.Sequence + 1, Last)] : (LostRange[])[],
    ];

    private static LostRange Range(ulong first, ulong last) => new(new SequenceRange(first, last), LossCause.Kernel);
}
