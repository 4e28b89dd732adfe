using Wire.Model;

namespace Detection.Correlation;

/// <summary>Numbers seen in one lane, as ranges that neither touch nor overlap, ascending. Not thread-safe.</summary>
internal sealed class SequenceSet
{
    private readonly List<SequenceRange> _ranges = [];

    /// <summary>How many ranges.</summary>
    public int RangeCount => _ranges.Count;

    /// <summary>Adds a number.</summary>
    /// <returns>False when it was there.</returns>
    public bool Add(ulong sequence)
    {
        var next = IndexOfFirstAfter(sequence);
        var joinsNext = next < _ranges.Count && _ranges[next].First == sequence + 1;
        if (next > 0)
        {
            var before = _ranges[next - 1];
            if (sequence <= before.Last)
            {
                return false;
            }

            if (sequence == before.Last + 1)
            {
                _ranges[next - 1] = before with { Last = joinsNext ? _ranges[next].Last : sequence };
                if (joinsNext)
                {
                    _ranges.RemoveAt(next);
                }

                return true;
            }
        }

        if (joinsNext)
        {
            _ranges[next] = _ranges[next] with { First = sequence };
        }
        else
        {
            _ranges.Insert(next, new SequenceRange(sequence, sequence));
        }

        return true;
    }

    /// <summary>Adds all numbers of a range, whether they were there or not. An empty range adds nothing.</summary>
    public void Add(SequenceRange range)
    {
        if (range.Last < range.First)
        {
            return;
        }

        // All ranges that overlap or touch it become one with it.
        var first = IndexOfFirstAfter(range.First);
        if (first > 0 && _ranges[first - 1].Last + 1 >= range.First)
        {
            first--;
        }

        var end = first;
        while (end < _ranges.Count && _ranges[end].First <= range.Last + 1)
        {
            range = new SequenceRange(Math.Min(range.First, _ranges[end].First), Math.Max(range.Last, _ranges[end].Last));
            end++;
        }

        _ranges.RemoveRange(first, end - first);
        _ranges.Insert(first, range);
    }

    /// <summary>Forgets the lowest range.</summary>
    public void RemoveLowest() => _ranges.RemoveAt(0);

    private int IndexOfFirstAfter(ulong sequence)
    {
        int low = 0, high = _ranges.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].First > sequence)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
