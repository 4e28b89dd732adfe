using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using Wire.Text;

namespace EdgeAgent.Probes;

/// <summary>Expands the configured watch lists against the file system as it is now.</summary>
internal static class WatchScanner
{
    /// <summary>Folders below watched folders that are followed at most; the rest is reported, not silently left out.</summary>
    internal const int MaxFolders = 4096;

    /// <summary>All targets: one per path, with the reasons of all lists that name it.</summary>
    /// <param name="options">The lists.</param>
    /// <param name="known">What is in folders.</param>
    /// <param name="mayReuse">See <see cref="ListedFolders.Begin"/>.</param>
    /// <param name="report">Receives what could not be followed.</param>
    /// <param name="isWhole">False when there may be folders below watched ones that are not among the targets.</param>
    internal static IReadOnlyDictionary<string, WatchTarget> Scan(AgentOptions options, ListedFolders known, bool mayReuse, Action<string> report, out bool isWhole)
    {
        isWhole = true;
        known.Begin(mayReuse);
        var listed = new Dictionary<(string Folder, string Part), string[]>();
        var targets = new Dictionary<string, WatchTarget>(StringComparer.Ordinal);
        foreach (var path in options.WatchFiles.SelectMany(pattern => Expand(pattern, listed)))
        {
            Add(targets, path, EdgeWatch.Open);
        }

        foreach (var path in options.WatchCommands.SelectMany(pattern => Expand(pattern, listed)))
        {
            Add(targets, path, EdgeWatch.Exec);
        }

        foreach (var path in options.WatchFolders.SelectMany(pattern => Expand(pattern, listed)))
        {
            AddFolder(targets, path, known, report, ref isWhole);
        }

        return targets;
    }

    /// <summary>Files below a watched folder that are asked at most whether they have other names.</summary>
    internal const int MaxFiles = 4096;

    private static void AddFolder(Dictionary<string, WatchTarget> targets, string root, ListedFolders known, Action<string> report, ref bool isWhole)
    {
        var folders = new Queue<string>([root]);
        var followed = 0;
        var files = 0;
        while (folders.TryDequeue(out var folder))
        {
            if (followed++ > MaxFolders)
            {
                report($"{SafeText.Escape(root)} has more than {MaxFolders} folders below it; opens in the others are not seen");
                isWhole = false;
                return;
            }

            Add(targets, folder, EdgeWatch.Open | EdgeWatch.Folder, isBelow: followed > 1);
            var entries = known.Of(folder);
            isWhole &= entries.IsWhole && (entries.IsThere || followed == 1);
            foreach (var below in entries.Folders)
            {
                folders.Enqueue(below);
            }

            // Files with another name, which may be outside, are watched by inode, too.
            var looks = files <= MaxFiles;
            foreach (var file in looks ? entries.Files.Where(HasOtherNames) : [])
            {
                Add(targets, file, EdgeWatch.Open, isBelow: true);
            }

            files += entries.FileCount;
            if (looks && files > MaxFiles)
            {
                report($"{SafeText.Escape(root)} has more than {MaxFiles} files; hard links of the others are seen after an open in the folder");
            }
        }
    }

    /// <summary>Whether a file has more than one hard link.</summary>
    internal static unsafe bool HasOtherNames(string path)
    {
        LibC.Statx stat;
        return LibC.statx(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_AND_BTIME, &stat) == 0
            && (stat.Mode & LibC.S_IFMT) == LibC.S_IFREG && stat.LinkCount > 1;
    }

    private static void Add(Dictionary<string, WatchTarget> targets, string path, EdgeWatch watch, bool isBelow = false)
    {
        path = path.Length > 1 ? path.TrimEnd('/') : path;
        targets[path] = targets.TryGetValue(path, out var known)
            ? new WatchTarget(path, known.Watch | watch, known.IsBelow && isBelow)
            : new WatchTarget(path, watch, isBelow);
    }

    /// <summary>Paths that a pattern stands for now. A part with * stands for the folders that exist; the last part need not exist.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="listed">What was found in this look: many patterns begin alike.</param>
    private static IEnumerable<string> Expand(string pattern, Dictionary<(string Folder, string Part), string[]> listed)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal) && !pattern.Contains("//", StringComparison.Ordinal))
        {
            return [pattern.Length > 1 ? pattern.TrimEnd('/') : pattern];
        }

        IEnumerable<string> paths = ["/"];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            paths = part.Contains('*', StringComparison.Ordinal)
                ? paths.SelectMany(folder => listed.TryGetValue((folder, part), out var found) ? found : listed[(folder, part)] = ListedFolders.Matching(folder, part)).ToArray()
                : paths.Select(folder => Path.Combine(folder, part));
        }

        return paths;
    }
}
