using Detection.Rules;

namespace Detection.Correlation;

/// <summary>The remembered hits of one correlation in one partition. Bounded in time and number; not thread-safe.</summary>
/// <param name="lists">Lists per group.</param>
/// <param name="rule">The correlation: its timespan says how far back a verdict looks.</param>
/// <param name="fewestHits">Hits that a list must be able to hold.</param>
/// <param name="latestHits">Of the hits that no late event can come before, only so many of the latest are needed; null = all.</param>
/// <param name="partition">Whose hits they are.</param>
internal sealed class HitStore(int lists, CorrelationRule rule, int fewestHits, int? latestHits, Partition partition)
{
    private readonly BoundedMap<GroupKey, HitGroup> _groups = new(new GroupKeyComparer());

    // With room for those that go at once when it is full.
    private readonly int _hitsPerList = Math.Max(partition.Context.Limits.HitsPerGroup, fewestHits + (fewestHits / 8) + 1);
    private long _hits;

    /// <summary>Whole groups with hits up to this time were pushed out, ns.</summary>
    public long EvictedNs { get; set; } = long.MinValue;

    /// <summary>All groups, least recently touched first.</summary>
    public IEnumerable<HitGroup> Groups => _groups.Entries.Select(entry => entry.Value);

    /// <summary>How many groups.</summary>
    public int GroupCount => _groups.Count;

    /// <summary>The scope of remembered hits of equal values, by its key; null when there are none.</summary>
    public GroupScope? ScopeOf(ReadOnlySpan<char> key) => _groups.Peek(key)?.Scope;

    /// <summary>A group, or null.</summary>
    public HitGroup? Find(GroupKey key) => _groups.TryPeek(key, out var group) ? group : null;

    /// <summary>A group, made if it is new; now the most recently touched.</summary>
    public HitGroup Touch(GroupKey key) => _groups.TryTouch(key, out var group) ? group : _groups.Add(key, new HitGroup(key, lists, partition.Context.Counters));

    /// <summary>Remembers a hit, and forgets what cannot be needed any more or exceeds a bound.</summary>
    /// <param name="key">Key of its group.</param>
    /// <param name="list">Index of the list.</param>
    /// <param name="hit">The hit.</param>
    /// <param name="settledNs">Nothing up to this time will be asked for again.</param>
    /// <returns>Its group; null when nothing changed.</returns>
    public HitGroup? Add(GroupKey key, int list, Hit hit, long settledNs)
    {
        var neededNs = Ns.Minus(settledNs, rule.TimespanNs);
        if (partition.IsShared && IsForgotten(hit, neededNs, settledNs) && Find(key)?[list].Has(hit) != true)
        {
            partition.Context.Counters.ForgottenOccurrences++;
            return null;
        }

        var group = Touch(key);
        _hits -= group.RemoveBefore(neededNs, now: false);
        if (latestHits is { } latest)
        {
            _hits -= group[list].RemoveAllButLatest(latest, settledNs);
        }

        if (!group[list].Put(hit, out _, out var added))
        {
            return null;
        }

        partition.NoteChange();
        group.NewestNs = Math.Max(group.NewestNs, hit.Event.TimeNs);
        if (added)
        {
            _hits++;
            Trim(group, list, neededNs);
            TrimGroups(neededNs);
        }

        return group;
    }

    /// <summary>Forgets all that cannot be needed any more.</summary>
    public void Compact(long settledNs)
    {
        var neededNs = Ns.Minus(settledNs, rule.TimespanNs);
        foreach (var group in Groups.ToList())
        {
            _hits -= group.RemoveBefore(neededNs, now: true);
            if (group.Count == 0)
            {
                _groups.Remove(group.Key);
            }
        }
    }

    /// <summary>Takes up a hit that comes after all others of its list.</summary>
    public void Restore(HitGroup group, int list, Hit hit)
    {
        group[list].Restore(hit);
        group.NewestNs = Math.Max(group.NewestNs, hit.Event.TimeNs);
        _hits++;
    }

    /// <summary>Pushes a whole group out.</summary>
    public void Evict(HitGroup group)
    {
        var count = group.Count;
        _groups.Remove(group.Key);
        _hits -= count;
        partition.Context.Counters.EvictedHits += count;
        EvictedNs = Math.Max(EvictedNs, group.NewestNs);
        partition.NoteEvicted(rule, EvictedNs);
        group.Evict();
    }

    /// <summary>Pushes the older half of a group's hits out.</summary>
    public void EvictHalf(HitGroup group)
    {
        for (var list = 0; list < group.Lists; list++)
        {
            Evict(group, list, group[list].Count / 2);
        }
    }

    // Where late hits may have come and gone: one that comes now may be one of them once more, from a batch that is evaluated again.
    private bool IsForgotten(Hit hit, long neededNs, long settledNs) =>
        settledNs != long.MaxValue && (hit.Event.TimeNs < neededNs || (latestHits is not null && hit.Event.TimeNs <= settledNs));

    private void Evict(HitGroup group, int list, int count)
    {
        if (count > 0)
        {
            group.EvictedNs = Math.Max(group.EvictedNs, group[list].RemoveOldest(count));
            _hits -= count;
            partition.Context.Counters.EvictedHits += count;
            partition.NoteEvicted(rule, group.EvictedNs);
        }
    }

    private void Trim(HitGroup group, int list, long neededNs)
    {
        var hits = group[list];
        if (hits.Count <= _hitsPerList)
        {
            return;
        }

        _hits -= hits.RemoveBefore(neededNs, now: true);
        if (hits.Count > _hitsPerList)
        {
            // Some at once: each removal moves all that stay.
            var count = Math.Min(hits.Count - 1, hits.Count - _hitsPerList + (_hitsPerList / 16));
            Evict(group, list, count);
        }
    }

    private void TrimGroups(long neededNs)
    {
        // Two looks for each hit that comes: what is over goes sooner than it came.
        for (var i = 0; i < 2 && _groups.Count > 1 && _groups.Oldest.Value.NewestNs < neededNs; i++)
        {
            RemoveOldest(neededNs);
        }

        while (_groups.Count > 1 && (_groups.Count > partition.Context.Limits.GroupsPerRule || _hits > partition.Context.Limits.HitsPerRule))
        {
            RemoveOldest(neededNs);
        }
    }

    private void RemoveOldest(long neededNs)
    {
        var (key, group) = _groups.Oldest;
        if (group.NewestNs >= neededNs)
        {
            Evict(group);
            return;
        }

        _groups.Remove(key);
        _hits -= group.Count;
        group.Evict();
    }
}
