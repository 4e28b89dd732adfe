using System.IO.Enumeration;
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
    /// <param name="isWhole">False when there may be folders below watched ones that are not among the targets.</param>
    internal static IReadOnlyDictionary<string, WatchTarget> Scan(AgentOptions options, Action<string> report, out bool isWhole)
    {
        isWhole = true;
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
            AddFolder(targets, path, report, ref isWhole);
        }

        return targets;
    }

    /// <summary>Files below a watched folder that are asked at most whether they have other names.</summary>
    internal const int MaxFiles = 4096;

    private static void AddFolder(Dictionary<string, WatchTarget> targets, string root, Action<string> report, ref bool isWhole)
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
            var looks = files <= MaxFiles;
            isWhole &= followed == 1 || Directory.Exists(folder);
            files += AddEntries(targets, folder, folders, looks, ref isWhole);
            if (looks && files > MaxFiles)
            {
                report($"{SafeText.Escape(root)} has more than {MaxFiles} files; hard links of the others are seen after an open in the folder");
            }
        }
    }

    /// <summary>Queues the folders in a folder, and adds files with another name, which may be outside: they are watched by inode, too.</summary>
    /// <returns>Number of files in the folder.</returns>
    private static int AddEntries(Dictionary<string, WatchTarget> targets, string folder, Queue<string> folders, bool looksAtFiles, ref bool isWhole)
    {
        // Asked before: an exception costs more than all else here, and the lists name folders that are nowhere.
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        var files = 0;
        try
        {
            // Real folders only: a link could lead out of the watched tree, or in circles.
            foreach (var (path, isFolder, isLink) in new FileSystemEnumerable<(string, bool, bool)>(
                folder,
                static (ref FileSystemEntry e) => (e.ToFullPath(), e.IsDirectory, e.IsDirectory && (e.Attributes & FileAttributes.ReparsePoint) != 0),
                AnyName))
            {
                // A name that is no text was made one: it is that of nothing, or of something else.
                isWhole &= !path.Contains('\uFFFD', StringComparison.Ordinal);
                if (isFolder && !isLink)
                {
                    folders.Enqueue(path);
                }
                else if (!isFolder)
                {
                    files++;
                    if (looksAtFiles && HasOtherNames(path))
                    {
                        Add(targets, path, EdgeWatch.Open, isBelow: true);
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It went away, or is closed to us: what was seen of it counts.
            isWhole = false;
            return files;
        }

        return files;
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

    /// <summary>Paths that a pattern stands for now. A part with * stands for the folders that exist; the last part need not exist.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal) && !pattern.Contains("//", StringComparison.Ordinal))
        {
            return [pattern.Length > 1 ? pattern.TrimEnd('/') : pattern];
        }

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
        if (!Directory.Exists(folder))
        {
            return [];
        }

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
