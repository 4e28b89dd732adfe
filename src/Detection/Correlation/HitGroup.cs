namespace Detection.Correlation;

/// <summary>The remembered hits of one group, one list per referenced rule.</summary>
internal sealed class HitGroup(int lists)
{
    private readonly HitList[] _lists = [.. Enumerable.Range(0, lists).Select(_ => new HitList())];

    /// <summary>Newest event time ever added, ns.</summary>
    public long NewestNs { get; set; } = long.MinValue;

    /// <summary>Hits in all lists.</summary>
    public int Count => _lists.Sum(list => list.Count);

    /// <summary>The list of one referenced rule.</summary>
    public HitList this[int list] => _lists[list];
}
