namespace EndToEnd.Tests.Setup;

/// <summary>A folder that is deleted when disposed of.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("e2e-").FullName;

    /// <summary>Writes a file into it.</summary>
    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
