using System.Text;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;

namespace EdgeAgent.Probes;

/// <summary>Watch targets in the kernel's terms: what goes into the watch maps.</summary>
internal sealed class WatchEntries
{
    /// <summary>Most entries of <see cref="Inodes"/>. The kernel's map has room for more: a change adds before it removes, and what was watched stays.</summary>
    internal const int MaxInodes = 8192;

    /// <summary>Most entries of <see cref="Names"/>; the map likewise.</summary>
    internal const int MaxNames = 4096;

    private bool _isUnknown;

    /// <summary>The lists that they come from.</summary>
    internal WatchPatterns Lists { get; set; } = new(new AgentOptions());

    /// <summary>Watched files and folders by identity.</summary>
    internal Dictionary<EdgeInodeKey, EdgeWatch> Inodes { get; } = [];

    /// <summary>Watched names by the identity of their folder.</summary>
    internal Dictionary<(EdgeInodeKey Folder, string Name), EdgeWatch> Names { get; } = [];

    /// <summary>By which watched paths <see cref="Inodes"/> are known.</summary>
    internal Dictionary<EdgeInodeKey, List<string>> Origins { get; } = [];

    /// <summary>By which watched path <see cref="Names"/> are known.</summary>
    internal Dictionary<(EdgeInodeKey Folder, string Name), string> NameOrigins { get; } = [];

    /// <summary>Watched paths, and those that they lead to.</summary>
    internal Dictionary<string, EdgeWatch> Paths { get; } = new(StringComparer.Ordinal);

    /// <summary>Last parts of <see cref="Paths"/>: what a name must hold to be looked up at all.</summary>
    internal Dictionary<string, EdgeWatch> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>Targets that do not exist now; their names are watched where the folder exists.</summary>
    internal int Missing { get; private set; }

    /// <summary>Targets that the maps have no room for, or not for all their names.</summary>
    internal int Excess { get; private set; }

    /// <summary>Paths that could not be looked at, with the errno: what was known of them still holds.</summary>
    internal Dictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>True when nothing is left out: whatever is there is known, and nothing below a watched folder went away meanwhile.</summary>
    internal bool IsWhole => Faults.Count == 0 && Excess == 0 && !_isUnknown;

    /// <summary>The watched folders.</summary>
    internal IEnumerable<EdgeInodeKey> Folders => Inodes.Where(entry => entry.Value.HasFlag(EdgeWatch.Folder)).Select(entry => entry.Key);

    /// <summary>Asks the kernel for the identity of every target and its folder.</summary>
    /// <param name="targets">What to watch.</param>
    /// <param name="identities">Gives the identities of opened descriptors.</param>
    internal static WatchEntries Identify(IEnumerable<WatchTarget> targets, Func<IReadOnlyList<EdgeFileIdentity>> identities)
    {
        const int DescriptorsAtOnce = 256;
        var entries = new WatchEntries();
        foreach (var group in targets.Chunk(DescriptorsAtOnce / 2))
        {
            using var descriptors = new PathDescriptors();
            var opened = group.Select(t => (Target: t, File: descriptors.Open(t.Path), Folder: descriptors.Open(t.Folder))).ToArray();
            foreach (var (path, errno) in descriptors.Faults)
            {
                entries.Faults[path] = errno;
            }

            var byFd = new Dictionary<int, EdgeFileIdentity>();
            foreach (var identity in identities())
            {
                byFd[(int)identity.Fd] = identity;
            }

            foreach (var (target, file, folder) in opened)
            {
                entries.Add(target, file, folder, byFd);
            }
        }

        return entries;
    }

    /// <summary>Adds what others hold, as far as there is room and a list still means it.</summary>
    internal void Keep(WatchEntries others)
    {
        Func<string, bool> isMeant = others.Lists == Lists ? _ => true : Lists.Mean;
        foreach (var (key, watch) in others.Inodes.Where(entry => others.Origins[entry.Key].Any(isMeant)))
        {
            foreach (var path in others.Origins[key])
            {
                AddInode(key, watch, path);
            }
        }

        foreach (var (key, watch) in others.Names.Where(entry => isMeant(others.NameOrigins[entry.Key])))
        {
            AddName(key.Folder, key.Name, watch, others.NameOrigins[key]);
        }

        foreach (var (path, watch) in others.Paths.Where(entry => isMeant(entry.Key)))
        {
            AddPath(path, watch);
        }
    }

    /// <summary>True when the path, or a folder above it, is watched.</summary>
    internal bool Covers(string path)
    {
        if (Paths.ContainsKey(path))
        {
            return true;
        }

        var folders = Paths.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (folders.TryGetValue(path.AsSpan(0, end), out var watch) && watch.HasFlag(EdgeWatch.Folder))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The map key of a name.</summary>
    internal static EdgeNameKey NameKey(EdgeInodeKey folder, string name)
    {
        var key = new EdgeNameKey { ParentInode = folder.Inode, Device = folder.Device, ParentGeneration = folder.Generation };
        Encoding.UTF8.GetBytes(name, key.Name);
        return key;
    }

    /// <summary>The map key of a word; null for one that the kernel cannot hold.</summary>
    internal static EdgeWordKey? WordKey(string word)
    {
        var key = default(EdgeWordKey);
        if (word.Length == 0 || Encoding.UTF8.GetByteCount(word) >= KernelContract.NameMax)
        {
            return null;
        }

        Encoding.UTF8.GetBytes(word, key.Word);
        return key;
    }

    private void Add(WatchTarget target, int file, int folder, Dictionary<int, EdgeFileIdentity> byFd)
    {
        // The content of a watched folder is watched anyway: its folders need no names of their own.
        var fits = AddPath(target.Path, target.Watch);
        fits &= target.IsBelow || !byFd.TryGetValue(folder, out var parent) || AddName(KeyOf(parent), target.Name, target.Watch, target.Path);
        if (!byFd.TryGetValue(file, out var identity))
        {
            Missing++;
            _isUnknown |= target.IsBelow || file >= 0;
        }
        else
        {
            fits &= AddInode(KeyOf(identity), target.Watch, target.Path);
            if (!target.IsBelow && identity.ParentInode != 0 && PathDescriptors.RealPath(file) is { } real)
            {
                fits &= AddPath(real, target.Watch);

                // Where the path is a link: the name that it leads to, so that a replaced target is found too.
                var realFolder = new EdgeInodeKey
                {
                    Inode = identity.ParentInode, Device = identity.Device, Generation = identity.ParentGeneration,
                };
                fits &= AddName(realFolder, Path.GetFileName(real), target.Watch, target.Path);
            }
        }

        Excess += fits ? 0 : 1;
    }

    private bool AddPath(string path, EdgeWatch watch) =>
        TryAdd(Paths, path, watch, 2 * MaxInodes) & TryAdd(Words, Path.GetFileName(path), watch, MaxInodes);

    /// <summary>A name that the kernel's key cannot hold is none: nobody watches by it.</summary>
    private bool AddName(EdgeInodeKey folder, string name, EdgeWatch watch, string origin)
    {
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) >= KernelContract.NameMax)
        {
            return true;
        }

        NameOrigins.TryAdd((folder, name), origin);
        return TryAdd(Names, (folder, name), watch, MaxNames);
    }

    private bool AddInode(EdgeInodeKey key, EdgeWatch watch, string origin)
    {
        if (!TryAdd(Inodes, key, watch, MaxInodes))
        {
            return false;
        }

        if (!Origins.TryGetValue(key, out var origins))
        {
            Origins[key] = origins = [];
        }

        if (!origins.Contains(origin, StringComparer.Ordinal))
        {
            origins.Add(origin);
        }

        return true;
    }

    /// <summary>False when there is no room.</summary>
    private static bool TryAdd<TKey>(Dictionary<TKey, EdgeWatch> entries, TKey key, EdgeWatch watch, int most)
        where TKey : notnull
    {
        var isKnown = entries.TryGetValue(key, out var known);
        if (isKnown || entries.Count < most)
        {
            entries[key] = known | watch;
            return true;
        }

        return false;
    }

    private static EdgeInodeKey KeyOf(EdgeFileIdentity identity) => new()
    {
        Inode = identity.Inode, Device = identity.Device, Generation = identity.Generation,
    };
}
