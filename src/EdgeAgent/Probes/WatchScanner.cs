using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using Wire.Text;

namespace EdgeAgent.Probes;

/// <summary>Expands the configured watch lists against the file system as it is now.</summary>
internal static class WatchScanner
{
    // The default options would hold *.* to be every name, as DOS did.
    private static readonly EnumerationOptions AnyName = new()
    {
        MatchType = MatchType.Simple, MatchCasing = MatchCasing.CaseSensitive, AttributesToSkip = 0, IgnoreInaccessible = false,
    };

    /// <summary>Folders below watched folders that are followed at most; the rest is reported, not silently left out.</summary>
    internal const int MaxFolders = 4096;

    /// <summary>All targets: one per path, with the reasons of all lists that name it.</summary>
    /// <param name="options">The lists.</param>
    /// <param name="report">Receives what could not be followed.</param>
    internal static IReadOnlyDictionary<string, WatchTarget> Scan(AgentOptions options, Action<string> report)
    {
        var targets = new Dictionary<string, WatchTarget>(StringComparer.Ordinal);
        foreach (var path in options.WatchFiles.SelectMany(Expand))
        {
            Add(targets, path, EdgeWatch.Open);
        }

        foreach (var path in options.WatchCommands.SelectMany(Expand))
        {
            Add(targets, path, EdgeWatch.Exec);
        }

        foreach (var path in options.WatchFolders.SelectMany(Expand))
        {
            AddFolder(targets, path, report);
        }

        return targets;
    }

    /// <summary>Files below a watched folder that are asked at most whether they have other names.</summary>
    internal const int MaxFiles = 4096;

    private static void AddFolder(Dictionary<string, WatchTarget> targets, string root, Action<string> report)
    {
        var folders = new Queue<string>([root]);
        var followed = 0;
        var files = 0;
        while (folders.TryDequeue(out var folder))
        {
            if (followed++ > MaxFolders)
            {
                report($"{SafeText.Escape(root)} has more than {MaxFolders} folders below it; opens in the others are not seen");
                return;
            }

            Add(targets, folder, EdgeWatch.Open | EdgeWatch.Folder, isBelow: followed > 1);
            if (files <= MaxFiles)
            {
                files += AddLinked(targets, folder);
                if (files > MaxFiles)
                {
                    report($"{SafeText.Escape(root)} has more than {MaxFiles} files; hard links of the others are seen after an open in the folder");
                }
            }

            foreach (var child in Children(folder))
            {
                folders.Enqueue(child);
            }
        }
    }

    /// <summary>Files with another name, which may be outside: they are watched by inode, too.</summary>
    /// <returns>Number of files in the folder.</returns>
    private static int AddLinked(Dictionary<string, WatchTarget> targets, string folder)
    {
        try
        {
            var count = 0;
            foreach (var path in Directory.EnumerateFiles(folder, "*", AnyName))
            {
                count++;
                if (HasOtherNames(path))
                {
                    Add(targets, path, EdgeWatch.Open, isBelow: true);
                }
            }

            return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static unsafe bool HasOtherNames(string path)
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

    /// <summary>Real folders only: a link could lead out of the watched tree, or in circles.</summary>
    private static IEnumerable<string> Children(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateDirectories().Where(d => d.LinkTarget is null).Select(d => d.FullName)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Paths that a pattern stands for now. A part with * stands for the folders that exist; the last part need not exist.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        IEnumerable<string> paths = ["/"];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            paths = part.Contains('*', StringComparison.Ordinal)
                ? paths.SelectMany(folder => Matches(folder, part)).ToArray()
                : paths.Select(folder => Path.Combine(folder, part));
        }

        return paths;
    }

    private static string[] Matches(string folder, string part)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder, part, AnyName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
