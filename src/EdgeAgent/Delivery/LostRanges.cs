using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>Arithmetic on lists of lost ranges.</summary>
internal static class LostRanges
{
    /// <summary>Joins neighbours of the same cause.</summary>
    /// <param name="ranges">Ascending, not overlapping.</param>
    internal static IReadOnlyList<LostRange> Join(IEnumerable<LostRange> ranges)
    {
        var joined = new List<LostRange>();
        foreach (var next in ranges)
        {
            if (joined.Count > 0 && joined[^1] is var last && last.Cause == next.Cause && last.Range.Last + 1 == next.Range.First)
            {
                joined[^1] = last with { Range = new SequenceRange(last.Range.First, next.Range.Last) };
            }
            else
            {
                joined.Add(next);
            }
        }

        return joined;
    }
}
