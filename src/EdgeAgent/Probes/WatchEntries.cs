using System.Text;
using EdgeAgent.Intake;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Watch targets in the kernel's terms: what goes into the watch maps.</summary>
internal sealed class WatchEntries
{
    /// <summary>Watched files and folders by identity.</summary>
    internal Dictionary<EdgeInodeKey, EdgeWatch> Inodes { get; } = [];

    /// <summary>Watched names by the identity of their folder.</summary>
    internal Dictionary<(EdgeInodeKey Folder, string Name), EdgeWatch> Names { get; } = [];

    /// <summary>Targets that do not exist now; their names are watched where the folder exists.</summary>
    internal int Missing { get; private set; }

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
            var byFd = identities().ToDictionary(i => (int)i.Fd);
            foreach (var (target, file, folder) in opened)
            {
                entries.Add(target, file, folder, byFd);
            }
        }

        return entries;
    }

    /// <summary>The map key of a name.</summary>
    internal static EdgeNameKey NameKey(EdgeInodeKey folder, string name)
    {
        var key = new EdgeNameKey { ParentInode = folder.Inode, Device = folder.Device, ParentGeneration = folder.Generation };
        Encoding.UTF8.GetBytes(name, key.Name);
        return key;
    }

    private void Add(WatchTarget target, int file, int folder, Dictionary<int, EdgeFileIdentity> byFd)
    {
        if (byFd.TryGetValue(folder, out var parent))
        {
            AddName(KeyOf(parent), target.Name, target.Watch);
        }

        if (!byFd.TryGetValue(file, out var identity))
        {
            Missing++;
            return;
        }

        Inodes[KeyOf(identity)] = Inodes.GetValueOrDefault(KeyOf(identity)) | target.Watch;
        if (identity.ParentInode != 0 && PathDescriptors.RealPath(file) is { } real)
        {
            // Where the path is a link: the name that it leads to, so that a replaced target is found too.
            var realFolder = new EdgeInodeKey
            {
                Inode = identity.ParentInode, Device = identity.Device, Generation = identity.ParentGeneration,
            };
            AddName(realFolder, Path.GetFileName(real), target.Watch);
        }
    }

    private void AddName(EdgeInodeKey folder, string name, EdgeWatch watch)
    {
        if (name.Length > 0 && Encoding.UTF8.GetByteCount(name) < KernelContract.NameMax)
        {
            Names[(folder, name)] = Names.GetValueOrDefault((folder, name)) | watch;
        }
    }

    private static EdgeInodeKey KeyOf(EdgeFileIdentity identity) => new()
    {
        Inode = identity.Inode, Device = identity.Device, Generation = identity.Generation,
    };
}
