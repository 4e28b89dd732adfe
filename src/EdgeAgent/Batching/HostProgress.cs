using EdgeAgent.Options;
using EdgeAgent.Probes;
using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>
/// What all lanes tell together: until when each is complete in what has left, and when that must be told although nothing else is to
/// send. Shared by the batchers of all lanes; one thread only.
/// </summary>
/// <remarks>See <c>docs/decisions/0007-lane-progress.md</c>.</remarks>
/// <param name="start">Where the numbers of the lanes go on.</param>
/// <param name="options">Where the flush interval is from.</param>
internal sealed class HostProgress(LaneStart start, AgentOptions options)
{
    /// <summary>
    /// The clock that probes may read runs a little apart from ours while the kernel adjusts it (microseconds): what is told stays that
    /// much behind.
    /// </summary>
    internal const ulong ClockSlackNs = 1_000_000;

    /// <summary>The lane that speaks when no lane has anything to send: the one that is asked last, so that it tells of all others.</summary>
    internal static readonly Lane Speaker = Enum.GetValues<Lane>().Max();

    private static readonly TimeSpan ShortestTail = TimeSpan.FromSeconds(1);

    private readonly SortedDictionary<Lane, ProgressMarks> _lanes = new(
        Enum.GetValues<Lane>().ToDictionary(lane => lane, lane => new ProgressMarks(new LaneProgress(lane, start.Of(lane).Sent, Before(start.UntilBootNs)))));

    private ulong _now;
    private ulong _newestEvent;
    private ulong? _tailAt;

    /// <summary>True when all lanes have to account for what they have, and <see cref="Speaker"/> has to send a frame in any case.</summary>
    internal bool IsTailDue => _now >= _tailAt;

    /// <summary>Until when each lane is complete in what has left, by ascending lane.</summary>
    internal IReadOnlyList<LaneProgress> Told => [.. _lanes.Values.Select(marks => marks.Reached)];

    /// <summary>How long events wait for company.</summary>
    internal Gathering Gathering { get; } = new(options);

    /// <summary>How long after an event that leaves the progress is told once more. Not shorter than events may wait.</summary>
    private ulong TailNs => (ulong)(long)(Gathering.Patience(Speaker) is var wait && wait > ShortestTail ? wait : ShortestTail).TotalNanoseconds;

    /// <summary>The kernel's last given number of a lane. Probes take the number first and the stamp after it.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="last">The number.</param>
    /// <param name="askedBootNs">Boot time just before the kernel was asked.</param>
    internal void KernelGave(Lane lane, ulong last, ulong askedBootNs)
    {
        _now = Before(askedBootNs);
        _lanes[lane].Add(new LaneProgress(lane, last, _now));
    }

    /// <summary>Frames of a lane leave now.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="last">All numbers up to this one are in frames.</param>
    /// <param name="newest">The youngest stamp of the events in these frames; null when there are none.</param>
    internal void Sent(Lane lane, ulong last, ulong? newest)
    {
        _lanes[lane].Sent(last);
        _newestEvent = Math.Max(_newestEvent, newest ?? 0);
        if (IsTailDue && lane == Speaker)
        {
            _tailAt = IsComplete(_newestEvent + TailNs) ? null : _now + TailNs;
        }
        else if (newest is not null)
        {
            _tailAt ??= _now + TailNs;
        }
    }

    private static ulong Before(ulong bootNs) => bootNs - Math.Min(bootNs, ClockSlackNs);

    private bool IsComplete(ulong untilBootNs) => _lanes.Values.All(marks => marks.Reached.UntilBootNs >= untilBootNs);
}
