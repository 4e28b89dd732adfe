using Support;
using Wire.Model;

namespace Detection.Tests.Items;

/// <summary>Frames as an agent ships them, each naming the one before.</summary>
internal static class Frames
{
    /// <summary>A frame of some events, or of numbers alone.</summary>
    public static Frame Of(IReadOnlyList<HostEvent> events, ulong first, ulong last, FrameDigest? previous = null, IReadOnlyList<LostRange>? lost = null, HostIdentity? host = null)
    {
        var frame = Some.Frame(events, new SequenceRange(first, last), lost, host, Lane.High);
        return new Frame
        {
            Host = frame.Host,
            Lane = frame.Lane,
            Range = frame.Range,
            BootTimeUnixNs = frame.BootTimeUnixNs,
            Events = frame.Events,
            Lost = frame.Lost,
            Previous = previous,
        };
    }

    /// <summary>The name of the n-th frame.</summary>
    public static FrameDigest Name(int n) => FrameDigest.Of([(byte)n]);
}
