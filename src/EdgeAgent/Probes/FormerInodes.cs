using EdgeAgent.Intake;

namespace EdgeAgent.Probes;

/// <summary>
/// Inodes that lost their watched name, as by a rename: they stay watched, for whoever moved a file away may read it later. Bounded;
/// one thread only.
/// </summary>
/// <param name="most">Inodes kept; the oldest are forgotten.</param>
internal sealed class FormerInodes(int most)
{
    private readonly OrderedDictionary<EdgeInodeKey, bool> _kept = [];

    /// <summary>All that are kept.</summary>
    internal IEnumerable<EdgeInodeKey> Keys => _kept.Keys;

    /// <summary>Takes what lost its name and gives up what has one again.</summary>
    /// <param name="gone">Inodes that are no longer listed.</param>
    /// <param name="listed">Inodes that are listed now.</param>
    /// <returns>Inodes for which there was no room: no longer watched.</returns>
    internal IReadOnlyList<EdgeInodeKey> Change(IEnumerable<EdgeInodeKey> gone, IEnumerable<EdgeInodeKey> listed)
    {
        foreach (var key in gone)
        {
            _kept[key] = true;
        }

        foreach (var key in listed)
        {
            _kept.Remove(key);
        }

        var forgotten = new List<EdgeInodeKey>();
        for (; _kept.Count > most; _kept.RemoveAt(0))
        {
            forgotten.Add(_kept.GetAt(0).Key);
        }

        return forgotten;
    }
}
