using Wire.Model;

namespace Detection.Correlation;

/// <summary>Hits in event order, each event (and value) once. Not thread-safe.</summary>
/// <param name="counters">Counts the hits that are looked at.</param>
internal sealed class HitList(DetectionCounters counters)
{
    /// <summary>Of so many hits one may stay behind although it is not needed, before a removal is worth moving the others.</summary>
    private const int Slack = 4;

    private readonly List<Hit> _hits = [];

    /// <summary>How many.</summary>
    public int Count => _hits.Count;

    /// <summary>True when some hit stands, or stood, for more than one event.</summary>
    public bool HasRepeated { get; private set; }

    /// <summary>The hit at a place in event order.</summary>
    public Hit this[int index]
    {
        get
        {
            counters.HitsLookedAt++;
            return _hits[index];
        }
    }

    /// <summary>Puts a hit where it belongs, or its roles to those of the hit that stands there already.</summary>
    /// <param name="hit">The hit.</param>
    /// <param name="index">Its place.</param>
    /// <param name="added">False when the place was taken.</param>
    /// <returns>False when nothing changed.</returns>
    public bool Put(Hit hit, out int index, out bool added)
    {
        index = IndexAfter(hit.Event, hit.Value);
        added = index == 0 || Compare(_hits[index - 1], hit.Event, hit.Value) != 0;
        if (added)
        {
            HasRepeated |= hit.Event.Repeated > 0;
            _hits.Insert(index, hit);
            return true;
        }

        var known = _hits[--index];
        var before = known.Roles;
        if ((hit.Roles & ~before) != 0)
        {
            known.Join(hit);
        }

        return known.Roles != before;
    }

    /// <summary>True when there is one of the same event and value.</summary>
    public bool Has(Hit hit) => IndexAfter(hit.Event, hit.Value) is var index and > 0 && Compare(_hits[index - 1], hit.Event, hit.Value) == 0;

    /// <summary>Index of the first hit after an event.</summary>
    public int IndexAfter(HostEvent e) => IndexAfter(e, null);

    /// <summary>Index of the first hit at or after a time.</summary>
    public int IndexFrom(long timeNs)
    {
        int low = 0, high = _hits.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _hits[middle].Event.TimeNs >= timeNs ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The last hit strictly before <paramref name="bound"/>, unless it is older than <paramref name="notBeforeNs"/>.</summary>
    public Hit? LatestBefore(HostEvent bound, long notBeforeNs)
    {
        var index = IndexAfter(bound) - 1;
        while (index >= 0 && EventOrder.Compare(_hits[index].Event, bound) == 0)
        {
            index--;
        }

        return index >= 0 && _hits[index].Event.TimeNs >= notBeforeNs ? _hits[index] : null;
    }

    /// <summary>Removes the hits before a time, though not each time that there are some.</summary>
    /// <param name="timeNs">The time.</param>
    /// <param name="now">True to remove them in any case.</param>
    /// <returns>How many.</returns>
    public int RemoveBefore(long timeNs, bool now)
    {
        if (_hits.Count == 0 || _hits[0].Event.TimeNs >= timeNs)
        {
            return 0;
        }

        var count = IndexFrom(timeNs);
        return now || count >= _hits.Count / Slack ? RemoveFirst(count) : 0;
    }

    /// <summary>Removes hits up to a time but for the latest of them, though not each time that there are some.</summary>
    /// <returns>How many.</returns>
    public int RemoveAllButLatest(int latest, long timeNs)
    {
        var count = IndexFrom(timeNs) - latest;
        return count > 0 && count >= _hits.Count / Slack ? RemoveFirst(count) : 0;
    }

    /// <summary>Removes the oldest hits.</summary>
    /// <returns>Time of the newest of them, ns.</returns>
    public long RemoveOldest(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _hits[i].IsEvicted = true;
        }

        var timeNs = _hits[count - 1].Event.TimeNs;
        _hits.RemoveRange(0, count);
        return timeNs;
    }

    /// <summary>Takes up a hit that comes after all others.</summary>
    public void Restore(Hit hit)
    {
        HasRepeated |= hit.Event.Repeated > 0;
        _hits.Add(hit);
    }

    private int RemoveFirst(int count)
    {
        _hits.RemoveRange(0, count);
        return count;
    }

    // Without a value: after all hits of the event.
    private int IndexAfter(HostEvent e, string? value)
    {
        // Events mostly come in order.
        if (_hits.Count == 0 || Compare(_hits[^1], e, value) <= 0)
        {
            return _hits.Count;
        }

        int low = 0, high = _hits.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Compare(_hits[middle], e, value) > 0 ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static int Compare(Hit hit, HostEvent e, string? value)
    {
        var order = EventOrder.Compare(hit.Event, e);
        return order != 0 || value is null ? order : string.CompareOrdinal(hit.Value, value);
    }
}
