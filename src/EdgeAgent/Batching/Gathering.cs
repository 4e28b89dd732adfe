using EdgeAgent.Options;
using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>
/// How long events wait for company and how large frames become: longer and larger while frames wait for the sinks anyway, for the strings and
/// processes of a frame are paid for once. Shared by the batchers of all lanes; one thread only.
/// </summary>
/// <remarks>See <c>docs/decisions/0018-chained-frames.md</c>.</remarks>
internal sealed class Gathering(AgentOptions options)
{
    /// <summary>Longest time that a bulk event waits while frames wait, unless the operator lets it wait longer anyway.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Largest frame while frames wait, estimated from above: safely within one record.</summary>
    internal const int LargestFrame = 900 * 1024;

    private const int Times = 8;

    /// <summary>True while frames wait for the sinks, and there is room to let events wait.</summary>
    internal bool IsBehind { get; set; }

    /// <summary>A frame is sent when it has grown to about this size, bytes.</summary>
    internal int FrameBytes => IsBehind ? (int)Math.Min((long)options.FrameBytes * Times, LargestFrame) : options.FrameBytes;

    /// <summary>Longest time that an event waits for company. A high-value event never waits longer.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="isFlood">True while records are held that are told as one event: they take room, and no company makes them smaller.</param>
    internal TimeSpan Patience(Lane lane, bool isFlood = false)
    {
        if (lane == Lane.High)
        {
            return options.HighValueFlushInterval;
        }

        var longer = options.FlushInterval * Times < LongestWait ? options.FlushInterval * Times : LongestWait;
        return IsBehind && !isFlood && longer > options.FlushInterval ? longer : options.FlushInterval;
    }
}
