using EdgeAgent.Intake;

namespace EdgeAgent.Probes;

/// <summary>What one look saw of a watched path: when it differs from the look before, the kernel's maps have to be compared.</summary>
/// <param name="Watch">What is watched there.</param>
/// <param name="Name">What has the name, a link itself.</param>
/// <param name="File">What the name leads to.</param>
/// <param name="Folder">The folder of the name.</param>
internal readonly record struct WatchSignature(EdgeWatch Watch, PathSignature Name, PathSignature File, PathSignature Folder)
{
    /// <summary>Of all targets, by path. Many names share a folder, and few are links: the kernel is asked no more than it takes.</summary>
    internal static Dictionary<string, WatchSignature> OfAll(IReadOnlyDictionary<string, WatchTarget> targets)
    {
        var all = new Dictionary<string, WatchSignature>(targets.Count, StringComparer.Ordinal);
        var folders = new Dictionary<string, PathSignature>(StringComparer.Ordinal);
        foreach (var (path, target) in targets)
        {
            var above = target.Folder;
            if (!folders.TryGetValue(above, out var folder))
            {
                folders[above] = folder = PathSignature.Of(above);
            }

            var name = PathSignature.Of(path, follow: false, out var isLink);
            all[path] = new WatchSignature(target.Watch, name, isLink ? PathSignature.Of(path) : name, folder);
        }

        return all;
    }
}
