namespace Detection.Correlation;

/// <summary>The remembered hits of one group.</summary>
/// <param name="key">Its key.</param>
/// <param name="lists">How many lists: one per referenced rule, or one for all.</param>
/// <param name="counters">Counts the hits that are looked at.</param>
internal sealed class HitGroup(GroupKey key, int lists, DetectionCounters counters)
{
    private readonly HitList[] _lists = [.. Enumerable.Range(0, lists).Select(_ => new HitList(counters))];

    /// <summary>Key of the group.</summary>
    public GroupKey Key { get; } = key;

    /// <summary>The scope of its hits; null when it is empty.</summary>
    public GroupScope? Scope
    {
        get
        {
            foreach (var list in _lists)
            {
                if (list.Count > 0)
                {
                    return list[0].Scope;
                }
            }

            return null;
        }
    }

    /// <summary>Newest event time ever added, ns.</summary>
    public long NewestNs { get; set; } = long.MinValue;

    /// <summary>A bound pushed out hits up to this time, ns.</summary>
    public long EvictedNs { get; set; } = long.MinValue;

    /// <summary>Hits in all lists.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var list in _lists)
            {
                count += list.Count;
            }

            return count;
        }
    }

    /// <summary>How many lists.</summary>
    public int Lists => _lists.Length;

    /// <summary>One list.</summary>
    public HitList this[int list] => _lists[list];

    /// <inheritdoc cref="HitList.RemoveBefore"/>
    public int RemoveBefore(long timeNs, bool now)
    {
        var count = 0;
        foreach (var list in _lists)
        {
            count += list.RemoveBefore(timeNs, now);
        }

        return count;
    }

    /// <summary>Marks all hits as pushed out.</summary>
    public void Evict()
    {
        foreach (var list in _lists)
        {
            if (list.Count > 0)
            {
                list.RemoveOldest(list.Count);
            }
        }
    }
}
