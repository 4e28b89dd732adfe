using Wire.Model;

namespace Detection.Correlation;

/// <summary>Hits in event order, each event once. Not thread-safe.</summary>
internal sealed class HitList
{
    private readonly List<Hit> _hits = [];

    /// <summary>How many.</summary>
    public int Count => _hits.Count;

    /// <summary>The hit at a place in event order.</summary>
    public Hit this[int index] => _hits[index];

    /// <summary>Puts a hit where it belongs.</summary>
    /// <returns>False when its event was there.</returns>
    public bool Insert(Hit hit)
    {
        var index = IndexAfter(hit.Event);
        if (index > 0 && EventOrder.Compare(_hits[index - 1].Event, hit.Event) == 0)
        {
            return false;
        }

        _hits.Insert(index, hit);
        return true;
    }

    /// <summary>Index of the first hit after <paramref name="e"/>.</summary>
    public int IndexAfter(HostEvent e)
    {
        // Events mostly come in order.
        if (_hits.Count == 0 || EventOrder.Compare(_hits[^1].Event, e) <= 0)
        {
            return _hits.Count;
        }

        int low = 0, high = _hits.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (EventOrder.Compare(_hits[middle].Event, e) > 0)
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

    /// <summary>The last hit strictly before <paramref name="bound"/>, unless it is older than <paramref name="notBeforeNs"/>.</summary>
    public Hit? LatestBefore(HostEvent bound, long notBeforeNs)
    {
        var index = IndexAfter(bound) - 1;
        if (index >= 0 && EventOrder.Compare(_hits[index].Event, bound) == 0)
        {
            index--;
        }

        return index >= 0 && _hits[index].Event.TimeNs >= notBeforeNs ? _hits[index] : null;
    }

    /// <summary>Removes the hits before a time.</summary>
    /// <param name="timeNs">The time.</param>
    /// <param name="hostId">Only those of this host; null = of all.</param>
    /// <returns>How many.</returns>
    public int RemoveBefore(long timeNs, string? hostId)
    {
        var count = 0;
        while (count < _hits.Count && _hits[count].Event.TimeNs < timeNs)
        {
            count++;
        }

        if (hostId is not null)
        {
            var kept = _hits.Take(count).Where(hit => hit.Event.Host.HostId != hostId).ToList();
            _hits.RemoveRange(0, count);
            _hits.InsertRange(0, kept);
            return count - kept.Count;
        }

        _hits.RemoveRange(0, count);
        return count;
    }

    /// <summary>Removes the oldest hit.</summary>
    public void RemoveOldest() => _hits.RemoveAt(0);
}
