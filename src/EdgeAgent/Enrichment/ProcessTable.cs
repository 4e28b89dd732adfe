using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>
/// The processes of this host as spawn lineage: who forked whom, kept from fork, exec and exit events. Ancestors stay reachable from
/// their descendants after they ended and after the kernel re-parented the child.
/// </summary>
/// <remarks>
/// Bounded: at most <see cref="Capacity"/> processes, and bytes, see <see cref="ProcessTable(int, long)"/>; evictions and what was shortened are counted. One thread only.
/// </remarks>
internal sealed partial class ProcessTable
{
    /// <summary>An exited process is kept this long, in ns of boot time: events of the other lane may still name it.</summary>
    internal const ulong KeepExitedNs = 10_000_000_000;

    /// <summary>
    /// Most characters of paths and arguments in one lineage. Above it ancestors lose their arguments, and only then the oldest
    /// ancestors are cut: an event with its whole lineage must always fit into one Kinesis record.
    /// </summary>
    internal const int MaxLineageText = 128 * 1024;

    private readonly int _capacity;
    private readonly long _budget;
    private readonly Dictionary<ProcessKey, Entry> _byKey = [];
    private readonly Dictionary<uint, ProcessKey> _byPid = [];
    private readonly Queue<(ProcessKey Key, ulong BootNs)> _exited = new();
    private readonly Queue<ProcessKey> _oldest = new();

    /// <param name="capacity">Most processes.</param>
    /// <param name="budget">Bytes, estimated from above, beyond which processes are forgotten or lose arguments, folders and ended ancestors.</param>
    internal ProcessTable(int capacity = 65536, long budget = 48 << 20) => (_capacity, _budget, _limit) = (capacity, budget, budget);

    /// <summary>Most processes that are kept.</summary>
    internal int Capacity => _capacity;

    /// <summary>Processes that were dropped because the table was full: their descendants have a cut lineage.</summary>
    internal long Evictions { get; private set; }

    /// <summary>Number of processes in the table.</summary>
    internal int Count => _byKey.Count;

    /// <summary>The process, if it is known.</summary>
    internal ProcessNode? Find(ProcessKey key) => _byKey.TryGetValue(key, out var entry) ? entry.Node : null;

    /// <summary>
    /// The leader of a session, by its pid: the youngest known process with it, unknown start otherwise. A leader that forked and made
    /// a session without executing a program (sudo's monitor on a terminal, a daemon) belongs to the session it came from: calling
    /// setsid is no way out of a session.
    /// </summary>
    internal ProcessKey SessionOf(uint leaderPid)
    {
        if (leaderPid == 0)
        {
            return ProcessKey.Unknown;
        }

        var leader = _byPid.TryGetValue(leaderPid, out var key) ? key : new ProcessKey(leaderPid, 0);
        return _byKey.TryGetValue(leader, out var entry) && entry.ForkedIn.IsKnown ? entry.ForkedIn : leader;
    }

    /// <summary>Adds or replaces a process: first sight, or a new image.</summary>
    /// <returns>The process, for the event that told of it: whole, also where the table keeps less of it.</returns>
    internal ProcessNode Put(ProcessNode node)
    {
        var (depth, text) = MeasureParents(node);
        depth++;
        text += LineageCutter.TextOf(node);
        if (depth > ProcessNode.MaxLineage || text > MaxLineageText)
        {
            node = LineageCutter.Cut(node, ProcessNode.MaxLineage / 2, MaxLineageText / 2);
            depth = node.Lineage().Count();
            text = node.Lineage().Sum(LineageCutter.TextOf);
        }

        if (!_byKey.ContainsKey(node.Key))
        {
            MakeRoom();
            _oldest.Enqueue(node.Key);
        }

        _byKey[node.Key] = new Entry(node, depth, text, ForkedIn: ProcessKey.Unknown);
        _byPid[node.Key.Pid] = node.Key;
        Weigh(node);
        return node;
    }

    /// <summary>
    /// A child was forked: the same image, under a new id. One that is known already (its exec came first, by the other lane) keeps
    /// its image and learns its parent.
    /// </summary>
    /// <param name="parent">Who forked.</param>
    /// <param name="child">The new process.</param>
    /// <param name="session">The session of the parent.</param>
    internal ProcessNode Fork(ProcessNode parent, ProcessKey child, ProcessKey session)
    {
        var known = Find(child);
        var node = known?.Parent is not null ? known : Put(Image(known ?? parent, child, parent));
        if ((known is null || known.Image == parent.Image) && _byKey.TryGetValue(child, out var entry))
        {
            _byKey[child] = entry with { ForkedIn = session };
        }

        return node;
    }

    /// <summary>A process ended; it is forgotten <see cref="KeepExitedNs"/> later.</summary>
    internal void Exit(ProcessKey key, ulong bootNs)
    {
        _exited.Enqueue((key, bootNs));
        while (_exited.TryPeek(out var old) && old.BootNs + KeepExitedNs < bootNs)
        {
            Remove(_exited.Dequeue().Key);
        }
    }

    private static ProcessNode Image(ProcessNode of, ProcessKey key, ProcessNode parent) => new()
    {
        Key = key,
        Parent = parent,
        Image = of.Image,
        Comm = of.Comm,
        Arguments = of.Arguments,
        ArgumentsTruncated = of.ArgumentsTruncated,
        CurrentDirectory = of.CurrentDirectory,
        Uid = of.Uid,
        UserName = of.UserName,
    };

    private void MakeRoom()
    {
        // Those that ended first, whose descendants hold them anyway: a flood of short processes cannot push out the living ones.
        while (_byKey.Count >= _capacity && _exited.TryDequeue(out var ended))
        {
            Remove(ended.Key);
        }

        while (_byKey.Count >= _capacity && _oldest.TryDequeue(out var key))
        {
            if (Remove(key))
            {
                Evictions++;
            }
        }

        // Keys of processes that ended stay in the queue until they come up: keep the queue within twice the table.
        if (_oldest.Count > 2 * _capacity)
        {
            var alive = _oldest.Where(_byKey.ContainsKey).ToArray();
            _oldest.Clear();
            Array.ForEach(alive, _oldest.Enqueue);
        }
    }

    private bool Remove(ProcessKey key)
    {
        if (_byPid.TryGetValue(key.Pid, out var current) && current == key)
        {
            _byPid.Remove(key.Pid);
        }

        return _byKey.Remove(key);
    }

    private (int Depth, int Text) MeasureParents(ProcessNode node) => node.Parent switch
    {
        null => (0, 0),
        var parent when _byKey.TryGetValue(parent.Key, out var entry) && entry.Node == parent => (entry.Depth, entry.Text),
        var parent => (parent.Lineage().Count(), parent.Lineage().Sum(LineageCutter.TextOf)),
    };

    /// <param name="Node">The process.</param>
    /// <param name="Depth">Length of its lineage.</param>
    /// <param name="Text">Characters of its lineage.</param>
    /// <param name="ForkedIn">Session of its parent at the fork; unknown once it executed a program.</param>
    private readonly record struct Entry(ProcessNode Node, int Depth, int Text, ProcessKey ForkedIn);
}
