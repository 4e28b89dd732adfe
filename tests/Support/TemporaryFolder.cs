namespace Support;

/// <summary>A folder of its own for one test, removed with all that is in it when disposed of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its absolute path, without links.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("edge-test-").FullName;

    /// <summary>A path inside it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a folder inside it and returns its path.</summary>
    public string Folder(string name) => Directory.CreateDirectory(this[name]).FullName;

    /// <summary>Writes a file inside it, its folders included, and returns its path.</summary>
    public string File(string name, string text = "")
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
