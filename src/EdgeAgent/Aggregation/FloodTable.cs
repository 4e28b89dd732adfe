using System.Runtime.InteropServices;
using EdgeAgent.Intake;

namespace EdgeAgent.Aggregation;

/// <summary>
/// Second stage: finds the floods among the bulk records. What is alike, by one process and beyond a number in a second, is counted and later
/// told as one event (<c>docs/decisions/0013-floods.md</c>). Allocates nothing once its table is filled. One thread only.
/// </summary>
/// <param name="alikePerSecond">How many are told one by one; 0 = all.</param>
internal sealed class FloodTable(int alikePerSecond)
{
    /// <summary>Floods that are followed at a time. One that is not is told event by event.</summary>
    internal const int Capacity = Sets * Ways;
    private const int Sets = 256;
    private const int Ways = 4;

    private readonly Flood?[] _floods = new Flood?[Capacity];
    private readonly List<Flood> _counting = [];

    /// <summary>Floods of which some records are counted and not told.</summary>
    internal IReadOnlyList<Flood> Counting => _counting;

    /// <summary>Looks at a record.</summary>
    /// <param name="record">A whole kernel record.</param>
    /// <param name="flood">What it belongs to; null when it is like no other.</param>
    /// <returns>True when it was counted; false when it goes on through the stages.</returns>
    internal bool Counts(ReadOnlySpan<byte> record, out Flood? flood)
    {
        flood = null;
        if (alikePerSecond == 0 || !Likeness.CanBeLike(record))
        {
            return false;
        }

        var bootNs = MemoryMarshal.Read<EdgeHeader>(record).BootNs;
        var hash = Likeness.Hash(record);
        var set = _floods.AsSpan((int)(hash % Sets) * Ways, Ways);
        foreach (var known in set)
        {
            if (known is not null && known.Fits(hash, record))
            {
                flood = known;
                var wasCounting = known.Counted > 0;
                var counts = known.Counts(record, bootNs, alikePerSecond);
                if (counts && !wasCounting)
                {
                    _counting.Add(known);
                }

                return counts;
            }
        }

        flood = Free(set);
        flood?.Begin(hash, record, bootNs);
        return false;
    }

    /// <summary>All that was counted is told.</summary>
    internal void Tell()
    {
        foreach (var flood in _counting)
        {
            flood.Tell();
        }

        _counting.Clear();
    }

    /// <summary>The place of the one that was quiet for longest; null while all of the set still have something to tell.</summary>
    private static Flood? Free(Span<Flood?> set)
    {
        Flood? oldest = null;
        foreach (ref var flood in set)
        {
            if (flood is null)
            {
                return flood = new Flood();
            }

            if (flood.Counted == 0 && (oldest is null || flood.LatestBootNs < oldest.LatestBootNs))
            {
                oldest = flood;
            }
        }

        return oldest;
    }
}
