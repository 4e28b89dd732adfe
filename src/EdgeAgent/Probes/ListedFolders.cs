using System.IO.Enumeration;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>
/// What is in folders. One whose change time is the same as at the listing, and was over a second old then, holds the same names still: it is not listed again. Only on file
/// systems whose change times this kernel keeps. One thread only.
/// </summary>
/// <param name="time">The clock of the file systems.</param>
internal sealed class ListedFolders(TimeProvider time)
{
    /// <summary>Age of a change from which on the next one has another time, however coarse the clock of the file system.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>Most names that are kept of all folders together; folders beyond are listed each time.</summary>
    internal const int MaxNames = 8192;

    // The default options would hold *.* to be every name, as DOS did.
    private static readonly EnumerationOptions AnyName = new()
    {
        MatchType = MatchType.Simple, MatchCasing = MatchCasing.CaseSensitive, AttributesToSkip = 0, IgnoreInaccessible = false,
    };

    private Dictionary<string, (FolderStamp Stamp, FolderEntries Entries)> _before = new(StringComparer.Ordinal);
    private Dictionary<string, (FolderStamp Stamp, FolderEntries Entries)> _now = new(StringComparer.Ordinal);

    private int _names;

    /// <summary>Folders that were listed because nothing was known of them, or they changed.</summary>
    internal long Listings { get; private set; }

    /// <summary>A new look begins: what the last one did not ask for is forgotten.</summary>
    internal void Begin()
    {
        (_before, _now) = (_now, _before);
        _now.Clear();
        _names = 0;
    }

    /// <summary>What is in a folder.</summary>
    internal FolderEntries Of(string folder)
    {
        if (_now.TryGetValue(folder, out var known))
        {
            return known.Entries;
        }

        var found = FolderStamp.TryRead(folder, out var stamp, out var isThere);
        if (found && _before.TryGetValue(folder, out known) && known.Stamp == stamp)
        {
            Keep(folder, known.Stamp, known.Entries);
            return known.Entries;
        }

        // Asked before: an exception costs more than all else here, and the lists name folders that are nowhere.
        if (!isThere)
        {
            return FolderEntries.None;
        }

        var entries = List(folder);
        Listings++;
        if (found && entries.IsWhole && time.GetUtcNow() - stamp.Changed >= Settled && PlainFolders.IsOfKnownType(folder))
        {
            Keep(folder, stamp, entries);
        }

        return entries;
    }

    private void Keep(string folder, FolderStamp stamp, FolderEntries entries)
    {
        var names = entries.Folders.Count + entries.Files.Count + 1;
        if (_names + names <= MaxNames)
        {
            _names += names;
            _now[folder] = (stamp, entries);
        }
    }

    /// <summary>Paths in a folder that fit a pattern; none where it cannot be listed.</summary>
    internal static string[] Matching(string folder, string pattern)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, pattern, AnyName) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static FolderEntries List(string folder)
    {
        var (folders, files, fileCount, isWhole) = (new List<string>(), new List<string>(), 0, true);
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
                    folders.Add(path);
                }
                else if (!isFolder && fileCount++ <= WatchScanner.MaxFiles)
                {
                    files.Add(path);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It went away, or is closed to us: what was seen of it counts.
            isWhole = false;
        }

        return new FolderEntries(folders, files, fileCount, isWhole, IsThere: true);
    }
}
