using System.IO.Enumeration;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>
/// What is in folders. One whose change time is the same as at the listing, and was over two seconds old then, holds the same names still: it is not listed again. Only on file
/// systems whose change times this kernel keeps. Stamp and names are of one descriptor, whatever the path leads to a moment later. One thread only.
/// </summary>
/// <param name="time">The clock of the file systems.</param>
internal sealed class ListedFolders(TimeProvider time)
{
    /// <summary>Age of a change from which on the next one has another time, however coarse the clock of the file system.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>Most characters of paths that are kept of all folders together; folders beyond are listed each time.</summary>
    internal const int MaxCharacters = 512 * 1024;

    // The default options would hold *.* to be every name, as DOS did.
    private static readonly EnumerationOptions AnyName = new()
    {
        MatchType = MatchType.Simple, MatchCasing = MatchCasing.CaseSensitive, AttributesToSkip = 0, IgnoreInaccessible = false,
    };

    private Dictionary<string, (FolderStamp Stamp, FolderEntries Entries)> _before = new(StringComparer.Ordinal);
    private Dictionary<string, (FolderStamp Stamp, FolderEntries Entries)> _now = new(StringComparer.Ordinal);

    private bool _mayReuse;
    private long _characters;

    /// <summary>Folders that were listed because nothing was known of them, or they changed.</summary>
    internal long Listings { get; private set; }

    /// <summary>A new look begins: what the last one did not ask for is forgotten.</summary>
    /// <param name="mayReuse">
    /// False where the look has to find each folder whose making the kernel has told of: listing waits until it is made, asking for the change time does not.
    /// </param>
    internal void Begin(bool mayReuse)
    {
        (_before, _now) = (_now, _before);
        _now.Clear();
        (_mayReuse, _characters) = (mayReuse, 0);
    }

    /// <summary>What is in a folder.</summary>
    internal FolderEntries Of(string folder)
    {
        if (_now.TryGetValue(folder, out var known))
        {
            return known.Entries;
        }

        // Asked before: an exception costs more than all else here, and the lists name folders that are nowhere.
        if (!FolderStamp.TryRead(LibC.AT_FDCWD, folder, out var stamp))
        {
            return FolderEntries.None;
        }

        if (_mayReuse && _before.TryGetValue(folder, out known) && known.Stamp == stamp)
        {
            Keep(folder, known.Stamp, known.Entries);
            return known.Entries;
        }

        Listings++;
        var asked = time.GetUtcNow();
        using var opened = OpenedFolder.Open(folder);
        if (opened is null)
        {
            // It went away, or is closed to us.
            return new FolderEntries([], [], 0, IsWhole: false, IsThere: true);
        }

        var isStamped = FolderStamp.TryRead(opened.Descriptor, "", out stamp);
        var entries = List(folder, opened.Path);
        if (isStamped && entries.IsWhole && entries.FileCount <= WatchScanner.MaxFiles && !stamp.IsEncrypted && asked - stamp.Changed >= Settled && PlainFolders.IsOfKnownType(opened.Path))
        {
            Keep(folder, stamp, entries);
        }

        return entries;
    }

    private void Keep(string folder, FolderStamp stamp, FolderEntries entries)
    {
        var characters = folder.Length + entries.Folders.Sum(path => (long)path.Length) + entries.Files.Sum(path => (long)path.Length);
        if (_characters + characters <= MaxCharacters)
        {
            _characters += characters;
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

    // Of what is open under another path.
    private static FolderEntries List(string folder, string openedAs)
    {
        var (folders, files, fileCount, isWhole) = (new List<string>(), new List<string>(), 0, true);
        try
        {
            // Real folders only: a link could lead out of the watched tree, or in circles.
            foreach (var (name, isFolder, isLink) in new FileSystemEnumerable<(string, bool, bool)>(
                openedAs,
                static (ref FileSystemEntry e) => (e.FileName.ToString(), e.IsDirectory, e.IsDirectory && (e.Attributes & FileAttributes.ReparsePoint) != 0),
                AnyName))
            {
                var path = Path.Combine(folder, name);

                // A name that is no text was made one: it is that of nothing, or of something else.
                isWhole &= !path.Contains('\uFFFD', StringComparison.Ordinal);
                if (isFolder && !isLink)
                {
                    folders.Add(path);
                }
                else if (!isFolder && (fileCount++ < WatchScanner.MaxFiles || WatchScanner.HasOtherNames(path)))
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
