using System.Collections;

namespace Detection.Correlation;

/// <summary>The hits of a group from one index of its list up to before another, in event order. Valid until the list changes.</summary>
internal readonly record struct Window(HitList Hits, int Start, int End) : IReadOnlyCollection<Hit>
{
    /// <summary>How many hits.</summary>
    public int Count => End - Start;

    /// <summary>How many events its hits stand for: each for itself, and in a flood for those like it.</summary>
    public long Occurrences
    {
        get
        {
            long sum = Count;
            for (var i = Start; Hits.HasRepeated && i < End; i++)
            {
                sum += Hits[i].Occurrences - 1;
            }

            return sum;
        }
    }

    /// <summary>A hit, by its index in the window.</summary>
    public Hit this[int index] => Hits[Start + index];

    /// <inheritdoc/>
    public IEnumerator<Hit> GetEnumerator()
    {
        for (var i = Start; i < End; i++)
        {
            yield return Hits[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
