namespace Detection.Correlation;

/// <summary>What a correlation over several hosts knows of the hosts. Not thread-safe.</summary>
internal sealed class HostMarks
{
    private readonly Dictionary<string, HostMark> _marks = [];

    /// <summary>The marks by host: of those of which there is anything to say.</summary>
    public IReadOnlyDictionary<string, HostMark> Marks => _marks;

    /// <summary>Up to here no host owes a firing, ns.</summary>
    public long HeldNs { get; private set; } = long.MaxValue;

    /// <summary>Takes up what is known of a host now.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="mark">What is known of it.</param>
    /// <param name="neededNs">Losses that ended before do not matter any more, ns.</param>
    /// <returns>True when that is news.</returns>
    public bool Set(string hostId, HostMark mark, long neededNs)
    {
        var now = mark.From(neededNs);
        var before = _marks.TryGetValue(hostId, out var known) ? known.From(neededNs) : null;
        if (now.IsEmpty)
        {
            _marks.Remove(hostId);
        }
        else
        {
            _marks[hostId] = now;
        }

        if ((known?.DueNs ?? long.MaxValue) != now.DueNs)
        {
            HeldNs = _marks.Values.Select(one => one.DueNs).DefaultIfEmpty(long.MaxValue).Min() is var dueNs and < long.MaxValue ? dueNs - 1 : long.MaxValue;
        }

        return before is null || before.IsEmpty ? !now.IsEmpty : before != now;
    }

    /// <summary>Forgets the hosts whose losses are the oldest, so many of all.</summary>
    /// <returns>The end of the newest loss that was forgotten, ns.</returns>
    public long Evict(int count)
    {
        var newestNs = long.MinValue;
        foreach (var (hostId, mark) in _marks.OrderBy(entry => entry.Value.Losses.FirstOrDefault().EndNs).Take(count).ToList())
        {
            newestNs = Math.Max(newestNs, mark.Losses.Length > 0 ? mark.Losses[0].EndNs : mark.DueNs);
            Remove(hostId);
        }

        return newestNs;
    }

    /// <summary>Forgets the losses that ended before a time.</summary>
    public void Compact(long neededNs)
    {
        foreach (var (hostId, mark) in _marks.ToList())
        {
            var now = mark.From(neededNs);
            if (now.IsEmpty)
            {
                _marks.Remove(hostId);
            }
            else
            {
                _marks[hostId] = now;
            }
        }
    }

    /// <summary>Forgets a host.</summary>
    public void Remove(string hostId) => Set(hostId, HostMark.None, long.MinValue);

    /// <summary>True when a host lost events at a time that may lie between two others.</summary>
    /// <inheritdoc cref="Telemetry.LossSpan.Overlaps"/>
    public bool LostBetween(long fromNs, long toNs, long endsBeforeNs)
    {
        foreach (var mark in _marks.Values)
        {
            foreach (var loss in mark.Losses)
            {
                if (loss.Overlaps(fromNs, toNs, endsBeforeNs))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
