using EdgeAgent.Intake;

namespace EdgeAgent.Probes;

/// <summary>
/// Inodes that lost their watched name, as by a rename: they stay watched, for whoever moved a file away may read it later. They are given
/// up with the list entry that named them. Bounded; one thread only.
/// </summary>
/// <param name="most">Inodes kept; the oldest are forgotten.</param>
internal sealed class FormerInodes(int most)
{
    private readonly OrderedDictionary<EdgeInodeKey, IReadOnlyList<string>> _kept = [];

    /// <summary>All that are kept.</summary>
    internal IEnumerable<EdgeInodeKey> Keys => _kept.Keys;

    /// <summary>Takes what lost its name and gives up what has one again, or whose name is on no list any more.</summary>
    /// <param name="gone">Inodes that are no longer listed, with the paths by which they were.</param>
    /// <param name="listed">Inodes that are listed now.</param>
    /// <param name="isMeant">Tells whether a list still means a path.</param>
    /// <returns>Inodes that are no longer watched.</returns>
    internal IReadOnlyList<EdgeInodeKey> Change(
        IEnumerable<(EdgeInodeKey Key, IReadOnlyList<string> Paths)> gone, IEnumerable<EdgeInodeKey> listed, Func<string, bool> isMeant)
    {
        foreach (var (key, paths) in gone)
        {
            _kept[key] = paths;
        }

        foreach (var key in listed)
        {
            _kept.Remove(key);
        }

        var forgotten = _kept.Where(kept => !kept.Value.Any(isMeant)).Select(kept => kept.Key).ToList();
        forgotten.ForEach(key => _kept.Remove(key));
        for (; _kept.Count > most; _kept.RemoveAt(0))
        {
            forgotten.Add(_kept.GetAt(0).Key);
        }

        return forgotten;
    }
}
