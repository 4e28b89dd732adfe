using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using Wire.Text;

namespace EdgeAgent.Probes;

/// <summary>
/// Keeps the kernel's watch maps equal to the configured lists while files come, go and are replaced. Entries are added before old
/// ones are removed, so no watched file is unwatched in between. An inode stays watched when its name was taken from it, but not when the
/// name was taken off the lists. Looking and applying may be on two threads, one look at a time.
/// </summary>
internal sealed class WatchMaps(
    BpfMap<EdgeInodeKey, uint> inodes, BpfMap<EdgeNameKey, uint> names, BpfMap<EdgeWordKey, uint> words, BpfMap<uint, WatchMaps.FilterTable> filter,
    BpfMap<EdgeInodeKey, WatchFilter.Learnt> learnt, FolderListing listing, AgentOptions options,
    Func<IReadOnlyList<EdgeFileIdentity>> identities, Action<string> report)
{
    /// <summary>Inodes that stay watched without being listed any more; the oldest go first.</summary>
    internal const int MaxFormer = 4096;

    /// <summary>Different messages that are given in one run.</summary>
    private const int MaxReports = 1024;

    /// <summary>Entries of learnt_inodes, some times over.</summary>
    internal const int MostLearnt = 4 * 4096;
    private volatile WatchPatterns _lists = new(options);
    private volatile WatchPatterns? _seenLists;
    private readonly ListedFolders _listed = new(TimeProvider.System);
    private readonly FormerInodes _former = new(MaxFormer);
    private readonly HashSet<EdgeInodeKey> _formerFolders = [];
    private readonly HashSet<string> _reported = [];
    private Dictionary<string, WatchSignature> _seen = [];
    private WatchEntries _applied = new();
    private bool _isOwn;

    /// <summary>Number of watched files and folders that exist now.</summary>
    internal int Watched => _applied.Inodes.Count;

    /// <summary>Number of configured paths that do not exist now.</summary>
    internal int Missing => _applied.Missing;

    /// <summary>True when the path, or a folder above it, is on the lists. On the thread that applies.</summary>
    internal bool Covers(string path) => _applied.Covers(path);

    /// <summary>The next look is for the lists of these options.</summary>
    internal void Change(AgentOptions changed) => _lists = new WatchPatterns(changed);

    /// <summary>Compares the lists with the file system, for as long as the file systems take; changes nothing.</summary>
    /// <returns>What to apply before the next look, or null when nothing changed.</returns>
    internal WatchEntries? Look()
    {
        var lists = _lists;
        var begun = listing.Begin();
        var canEnd = begun != 0 && listing.MayEnd(areThere: true);
        var targets = WatchScanner.Scan(lists.Options, _listed, mayReuse: !canEnd, ReportOnce, out var isWhole);
        var seen = WatchSignature.OfAll(targets);
        var isSame = lists == _seenLists && seen.Count == _seen.Count && seen.All(s => _seen.TryGetValue(s.Key, out var old) && old == s.Value);
        var areFolders = targets.Values.Any(target => target.Watch.HasFlag(EdgeWatch.Folder));
        var mayEnd = begun != 0 && isWhole && _formerFolders.Count == 0 && (canEnd || !areFolders) && PlainFolders.Are(targets);
        if (isSame && !mayEnd)
        {
            return null;
        }

        var wanted = WatchEntries.Identify(targets.Values, identities);
        if (mayEnd && wanted.IsWhole && wanted.Folders.ToHashSet().SetEquals(_applied.Folders))
        {
            listing.End(begun, areFolders);
        }

        if (isSame)
        {
            return null;
        }

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

        wanted.Lists = _seenLists = lists;

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

        // Before they are watched: of what comes to be below them, only then the probes tell.
        if (wanted.Folders.Except(_applied.Folders).Any())
        {
            listing.Add();
        }

        // What is made below one that was moved away is no longer listed.
        _formerFolders.UnionWith(_applied.Folders.Except(wanted.Folders));
        var forgotten = _former.Change(
            _applied.Inodes.Keys.Except(wanted.Inodes.Keys).Select(key => (key, (IReadOnlyList<string>)_applied.Origins[key])), wanted.Inodes.Keys,
            wanted.Lists == _applied.Lists ? _ => true : wanted.Lists.Mean);

        _formerFolders.IntersectWith(_former.Keys);

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

        // What cannot be looked at may be among what an agent before this one watched.
        if (!_isOwn && wanted.Faults.Count == 0)
        {
            RemoveInherited(wanted);
            _isOwn = true;
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

        if (wanted.Lists != _applied.Lists)
        {
            ForgetLearnt(wanted);
        }

        SetFilter(wanted);
        _applied = wanted;
    }

    /// <summary>Nothing is watched any more, and what was is not remembered: this is then not to be used again.</summary>
    internal void Clear()
    {
        inodes.Clear();
        names.Clear();
        words.Clear();
        filter.Set(0, default);
    }

    /// <summary>What an agent before this one left in maps that this one adopted, and that is on no list any more.</summary>
    private void RemoveInherited(WatchEntries wanted)
    {
        inodes.RemoveOthers(wanted.Inodes.Keys, (2 * WatchEntries.MaxInodes) + MaxFormer);
        names.RemoveOthers(wanted.Names.Keys.Select(name => WatchEntries.NameKey(name.Folder, name.Name)), 2 * WatchEntries.MaxNames);
        words.RemoveOthers(wanted.Words.Keys.Select(WatchEntries.WordKey).OfType<EdgeWordKey>(), 2 * WatchEntries.MaxInodes);
    }

    /// <summary>Entries of learnt_inodes that were taken out because what they were met in is watched no more.</summary>
    internal long Forgotten { get; private set; }

    /// <summary>What the probes met only because of entries that are on the lists no more.</summary>
    private void ForgetLearnt(WatchEntries wanted)
    {
        var left = _applied.Inodes.Where(entry => IsFolder(entry.Value) && !(wanted.Inodes.TryGetValue(entry.Key, out var watch) && IsFolder(watch))).Select(entry => entry.Key)
            .Concat(_applied.Names.Keys.Except(wanted.Names.Keys).Select(name => name.Folder).Where(folder => !(wanted.Inodes.TryGetValue(folder, out var watch) && IsFolder(watch))))
            .Select(key => (key.Inode, key.Device)).ToHashSet();
        if (left.Count == 0)
        {
            return;
        }

        foreach (var key in learnt.Keys(MostLearnt))
        {
            if (learnt.TryGet(key, out var met) && left.Contains((met.ParentInode, met.Device)))
            {
                learnt.Remove(key);
                Forgotten++;
            }
        }

        static bool IsFolder(EdgeWatch watch) => watch.HasFlag(EdgeWatch.Folder);
    }

    private void SetFilter(params ReadOnlySpan<WatchEntries> all)
    {
        var table = default(FilterTable);
        if (!_isOwn && filter.TryGet(0, out var inherited))
        {
            table = inherited;
        }

        foreach (var key in _former.Keys)
        {
            table[WatchFilter.Bucket(key.Inode)] = 1;
        }

        foreach (var entries in all)
        {
            foreach (var key in entries.Inodes.Keys.Concat(entries.Names.Keys.Select(n => n.Folder)))
            {
                table[WatchFilter.Bucket(key.Inode)] = 1;
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

    /// <summary>struct edge_filter_table.</summary>
    [InlineArray(WatchFilter.Size)]
    internal struct FilterTable
    {
        private byte _first;
    }
}
