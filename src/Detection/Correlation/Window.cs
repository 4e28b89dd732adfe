namespace Detection.Correlation;

/// <summary>The hits of a group from one index of its list up to before another.</summary>
internal readonly record struct Window(HitList Hits, int Start, int End)
{
    /// <summary>How many hits.</summary>
    public int Count => End - Start;

    /// <summary>A hit, by its index in the window.</summary>
    public Hit this[int index] => Hits[Start + index];

    /// <summary>All hits, in event order.</summary>
    public IEnumerable<Hit> All()
    {
        for (var i = Start; i < End; i++)
        {
            yield return Hits[i];
        }
    }
}
