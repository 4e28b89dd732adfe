using Support;

namespace Detection.Tests;

/// <summary>A test that needs a folder beside the repository; skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFilesFactAttribute : FactAttribute
{
    public SharedFilesFactAttribute(string folder)
    {
        Folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", folder));
        if (!Directory.Exists(Folder))
        {
            Skip = $"{Folder} is not on this machine";
        }
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Folder { get; }
}
