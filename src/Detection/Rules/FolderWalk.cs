namespace Detection.Rules;

/// <summary>
/// Goes through a folder and those below it, each once. Hidden folders are left out: they hold what tools keep beside the rules. A link to
/// a folder is followed unless that is in the walk already, or holds it. Not thread-safe.
/// </summary>
/// <param name="wanted">Which files are wanted.</param>
internal sealed class FolderWalk(Func<string, bool> wanted)
{
    private readonly HashSet<string> _folders = [];
    private readonly HashSet<string> _files = [];
    private readonly List<string> _found = [];
    private readonly List<string> _linkedFolders = [];
    private readonly List<string> _linkedFiles = [];

    /// <summary>The files, each under one name: its own rather than that of a link. In ordinal order.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public IReadOnlyList<string> Files(string folder)
    {
        var root = RealPath.Of(folder);
        Enter(folder, root);

        // What is found behind a link may hold further ones: those come to the end of the list.
        for (var i = 0; i < _linkedFolders.Count; i++)
        {
            var target = RealPath.Of(_linkedFolders[i]);
            if (!Holds(target, root))
            {
                Enter(_linkedFolders[i], target);
            }
        }

        _linkedFiles.Sort(StringComparer.Ordinal);
        _found.AddRange(_linkedFiles.Where(file => _files.Add(RealPath.Of(file))));
        _found.Sort(StringComparer.Ordinal);
        return _found;
    }

    private static bool Holds(string folder, string other) => other.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private void Enter(string folder, string real)
    {
        if (!_folders.Add(real))
        {
            return;
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, entry.Name);
            var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
            if (entry is DirectoryInfo)
            {
                EnterBelow(path, Path.Combine(real, entry.Name), isLink);
            }
            else if (wanted(path))
            {
                Take(path, Path.Combine(real, entry.Name), isLink);
            }
        }
    }

    private void EnterBelow(string path, string real, bool isLink)
    {
        if (Path.GetFileName(path)[0] == '.')
        {
            return;
        }

        if (isLink)
        {
            _linkedFolders.Add(path);
        }
        else
        {
            Enter(path, real);
        }
    }

    private void Take(string path, string real, bool isLink)
    {
        if (isLink)
        {
            _linkedFiles.Add(path);
        }
        else if (_files.Add(real))
        {
            _found.Add(path);
        }
    }
}
