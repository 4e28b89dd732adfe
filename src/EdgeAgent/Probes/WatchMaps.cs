using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using Wire.Text;

namespace EdgeAgent.Probes;

/// <summary>
/// Keeps the kernel's watch maps equal to the configured lists while files come, go and are replaced. Entries are added before old
/// ones are removed, so no watched file is unwatched in between; an inode stays watched when its name was taken from it. Looking and
/// applying may be on two threads, one look at a time.
/// </summary>
internal sealed class WatchMaps(
    BpfMap<EdgeInodeKey, uint> inodes, BpfMap<EdgeNameKey, uint> names, BpfMap<EdgeWordKey, uint> words, BpfMap<uint, WatchMaps.FilterTable> filter, AgentOptions options,
    Func<IReadOnlyList<EdgeFileIdentity>> identities, Action<string> report)
{
    /// <summary>Inodes that stay watched without being listed any more; the oldest go first.</summary>
    internal const int MaxFormer = 4096;

    /// <summary>Different messages that are given in one run.</summary>
    private const int MaxReports = 1024;
    private volatile AgentOptions _options = options;
    private readonly FormerInodes _former = new(MaxFormer);
    private readonly HashSet<string> _reported = [];
    private Dictionary<string, Signature> _seen = [];
    private WatchEntries _applied = new();

    /// <summary>Number of watched files and folders that exist now.</summary>
    internal int Watched => _applied.Inodes.Count;

    /// <summary>Number of configured paths that do not exist now.</summary>
    internal int Missing => _applied.Missing;

    /// <summary>True when the path, or a folder above it, is on the lists. On the thread that applies.</summary>
    internal bool Covers(string path) => _applied.Covers(path);

    /// <summary>The next look is for the lists of these options.</summary>
    internal void Change(AgentOptions changed) => _options = changed;

    /// <summary>Compares the lists with the file system, for as long as the file systems take; changes nothing.</summary>
    /// <returns>What to apply before the next look, or null when nothing changed.</returns>
    internal WatchEntries? Look()
    {
        var targets = WatchScanner.Scan(_options, ReportOnce);
        var seen = targets.Values.ToDictionary(
            t => t.Path,
            t => new Signature(t.Watch, PathSignature.Of(t.Path, follow: false), PathSignature.Of(t.Path), PathSignature.Of(t.Folder)),
            StringComparer.Ordinal);
        if (seen.Count == _seen.Count && seen.All(s => _seen.TryGetValue(s.Key, out var old) && old == s.Value))
        {
            return null;
        }

        var wanted = WatchEntries.Identify(targets.Values, identities);
        if (wanted.Excess > 0)
        {
            ReportOnce($"the watch lists name more than the kernel's maps hold; {wanted.Excess} paths are not or not wholly watched: name fewer");
        }

        foreach (var (path, errno) in wanted.Faults)
        {
            ReportOnce($"{SafeText.Escape(path)} cannot be looked at ({Marshal.GetPInvokeErrorMessage(errno)}); what was watched there still is");
        }

        foreach (var command in targets.Values.Where(t => t.Watch.HasFlag(EdgeWatch.Exec) && Script.Is(t.Path)))
        {
            ReportOnce($"watch.commands: {SafeText.Escape(command.Path)} is a script; the kernel runs its interpreter, so its starts are not seen");
        }

        // After a fault everything is asked anew the next time.
        _seen = wanted.Faults.Count == 0 ? seen : [];
        return wanted;
    }

    /// <summary>Changes the maps to what a look found.</summary>
    internal void Apply(WatchEntries wanted)
    {
        if (wanted.Faults.Count > 0)
        {
            wanted.Keep(_applied);
        }

        var forgotten = _former.Change(_applied.Inodes.Keys.Except(wanted.Inodes.Keys), wanted.Inodes.Keys);

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

        foreach (var (word, watch) in wanted.Words)
        {
            if (WatchEntries.WordKey(word) is { } key)
            {
                words.Set(key, (uint)watch);
            }
        }

        foreach (var key in forgotten)
        {
            inodes.Remove(key);
        }

        foreach (var (folder, name) in _applied.Names.Keys.Except(wanted.Names.Keys))
        {
            names.Remove(WatchEntries.NameKey(folder, name));
        }

        foreach (var key in _applied.Words.Keys.Except(wanted.Words.Keys).Select(WatchEntries.WordKey).OfType<EdgeWordKey>())
        {
            words.Remove(key);
        }

        SetFilter(wanted);
        _applied = wanted;
    }

    private void SetFilter(params ReadOnlySpan<WatchEntries> all)
    {
        var table = default(FilterTable);
        foreach (var key in _former.Keys)
        {
            table[WatchFilter.Bucket(key.Inode, key.Device)] = 1;
        }

        foreach (var entries in all)
        {
            foreach (var key in entries.Inodes.Keys.Concat(entries.Names.Keys.Select(n => n.Folder)))
            {
                table[WatchFilter.Bucket(key.Inode, key.Device)] = 1;
            }
        }

        filter.Set(0, table);
    }

    private void ReportOnce(string text)
    {
        if (_reported.Count < MaxReports && _reported.Add(text))
        {
            report(text);
        }
    }

    private readonly record struct Signature(EdgeWatch Watch, PathSignature Name, PathSignature File, PathSignature Folder);

    /// <summary>struct edge_filter_table.</summary>
    [InlineArray(WatchFilter.Size)]
    internal struct FilterTable
    {
        private byte _first;
    }
}
