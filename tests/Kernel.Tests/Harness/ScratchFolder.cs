namespace Kernel.Tests.Harness;

/// <summary>A folder of its own that is removed with everything in it.</summary>
public sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kernel-tests-").FullName;

    /// <summary>Makes a file; its folder is made too.</summary>
    public string Write(string name, string text = "x\n")
    {
        var path = Under(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Under(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
