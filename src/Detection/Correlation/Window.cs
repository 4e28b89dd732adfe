using System.Collections;

namespace Detection.Correlation;

/// <summary>The hits of a group from one index of its list up to before another, in event order. Valid until the list changes.</summary>
internal readonly record struct Window(HitList Hits, int Start, int End) : IReadOnlyCollection<Hit>
{
    /// <summary>How many hits.</summary>
    public int Count => End - Start;

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
