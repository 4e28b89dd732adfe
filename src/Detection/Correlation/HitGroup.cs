using Wire.Model;

namespace Detection.Correlation;

/// <summary>The remembered hits of one group, one list per referenced rule.</summary>
internal sealed class HitGroup(int lists)
{
    private readonly HitList[] _lists = [.. Enumerable.Range(0, lists).Select(_ => new HitList())];

    private readonly Dictionary<string, long> _newestByHost = [];

    /// <summary>Newest event time ever added, ns.</summary>
    public long NewestNs { get; private set; } = long.MinValue;

    /// <summary>Hits in all lists.</summary>
    public int Count => _lists.Sum(list => list.Count);

    /// <summary>The list of one referenced rule.</summary>
    public HitList this[int list] => _lists[list];

    /// <summary>
    /// Moves the group's time on to an event and removes what is behind it by more than the horizon. Each host has its own time;
    /// hits of others go by the second newest of all: one wrong clock alone cannot push them out.
    /// </summary>
    /// <returns>How many hits were removed.</returns>
    public int Advance(HostEvent e, long horizonNs)
    {
        var host = e.Host.HostId;
        if (_newestByHost.TryGetValue(host, out var newest) && newest >= e.TimeNs)
        {
            return 0;
        }

        _newestByHost[host] = e.TimeNs;
        NewestNs = Math.Max(NewestNs, e.TimeNs);
        if (_newestByHost.Count == 1)
        {
            return _lists.Sum(list => list.RemoveBefore(e.TimeNs - horizonNs, null));
        }

        var commonNs = SecondNewest() - horizonNs;
        foreach (var behind in _newestByHost.Where(entry => entry.Value < commonNs).ToList())
        {
            _newestByHost.Remove(behind.Key);
        }

        return _lists.Sum(list => list.RemoveBefore(commonNs, null) + list.RemoveBefore(e.TimeNs - horizonNs, host));
    }

    private long SecondNewest()
    {
        long first = long.MinValue, second = long.MinValue;
        foreach (var timeNs in _newestByHost.Values)
        {
            second = Math.Max(second, Math.Min(first, timeNs));
            first = Math.Max(first, timeNs);
        }

        return second;
    }
}
