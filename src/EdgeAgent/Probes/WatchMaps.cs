using System.Runtime.CompilerServices;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;

namespace EdgeAgent.Probes;

/// <summary>
/// Keeps the kernel's watch maps equal to the configured lists while files come, go and are replaced. Entries are added before old
/// ones are removed, so no watched file is unwatched in between. One thread only.
/// </summary>
internal sealed class WatchMaps(
    BpfMap<EdgeInodeKey, uint> inodes, BpfMap<EdgeInodeKey, uint> learnt, BpfMap<EdgeNameKey, uint> names, BpfMap<uint, WatchMaps.FilterTable> filter, AgentOptions options,
    Func<IReadOnlyList<EdgeFileIdentity>> identities, Action<string> report)
{
    private const uint AgentTable = 0;
    private Dictionary<string, (EdgeWatch Watch, PathSignature File, PathSignature Folder)> _seen = [];
    private WatchEntries _applied = new();
    private readonly HashSet<string> _reported = [];

    /// <summary>Number of watched files and folders that exist now.</summary>
    internal int Watched => _applied.Inodes.Count;

    /// <summary>Number of configured paths that do not exist now.</summary>
    internal int Missing => _applied.Missing;

    /// <summary>Compares the lists with the file system and changes the maps where they differ.</summary>
    internal void Refresh()
    {
        var targets = WatchScanner.Scan(options, ReportOnce);
        var seen = targets.Values.ToDictionary(
            t => t.Path, t => (t.Watch, PathSignature.Of(t.Path), PathSignature.Of(t.Folder)), StringComparer.Ordinal);
        if (seen.Count == _seen.Count && seen.All(s => _seen.TryGetValue(s.Key, out var old) && old == s.Value))
        {
            return;
        }

        Apply(WatchEntries.Identify(targets.Values, identities));
        if (_applied.Excess > 0)
        {
            ReportOnce($"the watch lists name more than the kernel's maps hold; {_applied.Excess} paths are not or not wholly watched: name fewer");
        }

        _seen = seen;
    }

    private void Apply(WatchEntries wanted)
    {
        // The filter first, with old and new buckets: it may only err on the side of looking.
        SetFilter(wanted, _applied);
        foreach (var (key, watch) in wanted.Inodes)
        {
            inodes.Set(key, (uint)watch);
        }

        foreach (var ((folder, name), watch) in wanted.Names)
        {
            names.Set(WatchEntries.NameKey(folder, name), (uint)watch);
        }

        foreach (var key in _applied.Inodes.Keys.Except(wanted.Inodes.Keys))
        {
            inodes.Remove(key);
        }

        var forgotten = _applied.Names.Keys.Except(wanted.Names.Keys).ToArray();
        foreach (var (folder, name) in forgotten)
        {
            names.Remove(WatchEntries.NameKey(folder, name));
        }

        if (forgotten.Length > 0)
        {
            // Which name taught the kernel which inode is not kept: names that are still watched teach theirs again at the next open.
            learnt.Clear();
        }

        SetFilter(wanted);
        _applied = wanted;
    }

    private void SetFilter(params ReadOnlySpan<WatchEntries> all)
    {
        var table = default(FilterTable);
        foreach (var entries in all)
        {
            foreach (var key in entries.Inodes.Keys.Concat(entries.Names.Keys.Select(n => n.Folder)))
            {
                table[WatchFilter.Bucket(key.Inode, key.Device)] = 1;
            }
        }

        filter.Set(AgentTable, table);
    }

    private void ReportOnce(string text)
    {
        if (_reported.Add(text))
        {
            report(text);
        }
    }

    /// <summary>struct edge_filter_table.</summary>
    [InlineArray(WatchFilter.Size)]
    internal struct FilterTable
    {
        private byte _first;
    }
}
