using Wire.Model;

namespace Detection.Correlation;

/// <summary>The remembered hits of one correlation. Bounded in time and number; not thread-safe.</summary>
/// <param name="lists">Lists per group.</param>
/// <param name="horizonNs">Hits that are behind their group's time (<see cref="HitGroup.Advance"/>) by more than this are not needed any more.</param>
/// <param name="hitsPerList">Most hits of a list.</param>
/// <param name="limits">The other bounds.</param>
/// <param name="counters">Where to count.</param>
internal sealed class HitStore(int lists, long horizonNs, int hitsPerList, DetectionLimits limits, DetectionCounters counters)
{
    private readonly BoundedMap<GroupKey, HitGroup> _groups = new();
    private long _hits;

    /// <summary>A group, or null.</summary>
    public HitGroup? Find(GroupKey key) => _groups.TryPeek(key, out var group) ? group : null;

    /// <summary>Remembers a hit.</summary>
    /// <returns>Its group; null when its event is remembered there already.</returns>
    public HitGroup? Add(GroupKey key, int list, Hit hit)
    {
        var group = _groups.Touch(key, () => new HitGroup(lists));
        if (!group[list].Insert(hit))
        {
            return null;
        }

        _hits++;
        Trim(group, list, hit.Event);
        while (_groups.Count > 1 && (_groups.Count > limits.GroupsPerRule || _hits > limits.HitsPerRule))
        {
            RemoveOldest(hit.Event.TimeNs);
        }

        return group;
    }

    private void Trim(HitGroup group, int list, HostEvent e)
    {
        _hits -= group.Advance(e, horizonNs);

        if (group[list].Count > hitsPerList)
        {
            group[list].RemoveOldest();
            _hits--;
            counters.EvictedHits++;
        }
    }

    // Measured against the event that asks for room: one host's wrong clock does not hide what others lose.
    private void RemoveOldest(long timeNs)
    {
        var group = _groups.RemoveOldest();
        _hits -= group.Count;
        if (group.NewestNs >= timeNs - horizonNs)
        {
            counters.EvictedHits += group.Count;
        }
    }
}
