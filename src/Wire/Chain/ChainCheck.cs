using System.Runtime.InteropServices;
using Wire.Model;

namespace Wire.Chain;

/// <summary>
/// Follows the chain of one host and boot: says of each frame, in the order in which they are received, where it stands. What may be concluded
/// from that stands in <c>docs/wire-format.md</c>.
/// </summary>
/// <remarks>
/// Looks at nothing but the frames, so the same frames give the same answers. Not thread-safe. Remembers a bounded number of frames, and of
/// what is older than them knows nothing: what follows such a frame is a gap.
/// </remarks>
/// <param name="memory">Most frames that are remembered, at least 1.</param>
public sealed class ChainCheck(int memory = ChainCheck.UsualMemory)
{
    /// <summary>Frames that are remembered if nothing else is said: of a host with one a second, a quarter of an hour.</summary>
    public const int UsualMemory = 1024;

    private readonly Queue<Link> _order = new();
    private readonly HashSet<FrameDigest> _received = [];
    private readonly Dictionary<FrameDigest, int> _followed = [];
    private readonly Dictionary<(Lane Lane, ulong First), int> _begun = [];

    /// <summary>Takes up the next frame.</summary>
    /// <param name="bytes">The frame as it was received.</param>
    /// <param name="frame">The same, decoded.</param>
    public ChainPlace Add(ReadOnlySpan<byte> bytes, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var link = new Link(FrameDigest.Of(bytes), frame.Previous, frame.Lane, frame.Range.First);
        if (!_received.Add(link.Digest))
        {
            return ChainPlace.Resent;
        }

        var place = PlaceOf(link);
        _order.Enqueue(link);
        Count(link, 1);
        if (_order.Count > memory)
        {
            var oldest = _order.Dequeue();
            _received.Remove(oldest.Digest);
            Count(oldest, -1);
        }

        return place;
    }

    private ChainPlace PlaceOf(Link link) => link.Previous switch
    {
        _ when _followed.ContainsKey(link.Digest) => ChainPlace.Late,
        null => ChainPlace.Start,
        { } previous when !_received.Contains(previous) => ChainPlace.Gap,
        { } previous when !_followed.ContainsKey(previous) => ChainPlace.Next,
        _ => _begun.ContainsKey((link.Lane, link.First)) ? ChainPlace.Remade : ChainPlace.Fork,
    };

    private void Count(Link link, int change)
    {
        Count(_begun, (link.Lane, link.First), change);
        if (link.Previous is { } previous)
        {
            Count(_followed, previous, change);
        }
    }

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key, int change)
        where TKey : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += change;
        if (count == 0)
        {
            counts.Remove(key);
        }
    }
    private readonly record struct Link(FrameDigest Digest, FrameDigest? Previous, Lane Lane, ulong First);
}
