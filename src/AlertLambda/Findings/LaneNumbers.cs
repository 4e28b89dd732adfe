using Wire.Model;

namespace AlertLambda.Findings;

/// <summary>Which numbers of one lane and boot have come. Frames may overtake each other: what is missing is so only after a while. Not thread-safe.</summary>
public sealed class LaneNumbers
{
    /// <summary>Most holes that are remembered; beyond them the oldest is taken for missing at once.</summary>
    public const int MostHoles = 32;

    /// <summary>The boot.</summary>
    public required Guid Boot { get; init; }

    /// <summary>The lane. Its first value is not written: so it is not required.</summary>
    public Lane Lane { get; init; }

    /// <summary>The number after the highest that came.</summary>
    public ulong Next { get; set; }

    /// <summary>When a frame of it last came, Unix ms.</summary>
    public long LastMs { get; set; }

    /// <summary>Numbers below <see cref="Next"/> that have not come, ascending.</summary>
    public List<Hole> Holes { get; init; } = [];

    /// <summary>Takes a frame's range up.</summary>
    /// <param name="range">Its numbers; may be empty.</param>
    /// <param name="nowMs">When it came, Unix ms.</param>
    /// <param name="sure">False for the first frame after what is remembered was read from the store, which may be older than what came.</param>
    /// <returns>True when the holes changed.</returns>
    public bool Add(SequenceRange range, long nowMs, bool sure)
    {
        var changed = range.First > Next && sure;
        if (changed)
        {
            Holes.Add(new Hole(Next, range.First - 1, nowMs));
        }

        changed |= Fill(range);
        Next = Math.Max(Next, range.Last + 1);
        LastMs = Math.Max(LastMs, nowMs);
        return changed;
    }

    /// <summary>Takes out the holes that will not be filled any more.</summary>
    /// <param name="beforeMs">Those found before, Unix ms.</param>
    public IReadOnlyList<Hole> TakeMissing(long beforeMs)
    {
        if (Holes.Count == 0)
        {
            return [];
        }

        var missing = Holes.Where((hole, i) => hole.SinceMs <= beforeMs || i < Holes.Count - MostHoles).ToList();
        Holes.RemoveAll(missing.Contains);
        return missing;
    }

    private bool Fill(SequenceRange range)
    {
        var changed = false;
        for (var i = Holes.Count - 1; i >= 0 && range.Count > 0; i--)
        {
            var hole = Holes[i];
            if (hole.Last < range.First || hole.First > range.Last)
            {
                continue;
            }

            changed = true;
            Holes.RemoveAt(i);
            if (hole.Last > range.Last)
            {
                Holes.Insert(i, hole with { First = range.Last + 1 });
            }

            if (hole.First < range.First)
            {
                Holes.Insert(i, hole with { Last = range.First - 1 });
            }
        }

        return changed;
    }
}
