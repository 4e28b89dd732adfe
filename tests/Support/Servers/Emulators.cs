namespace Support.Servers;

/// <summary>Whether the Node emulators of <c>tests/Support/emulators</c> are installed.</summary>
public static class Emulators
{
    /// <summary>Why tests that need them must skip; <c>null</c> if they can run.</summary>
    public static string? MissingReason { get; } = FindMissing();

    /// <summary>The folder of the emulators.</summary>
    internal static string Folder => Path.Combine(Repository.Root, "tests", "Support", "emulators");

    private static string? FindMissing()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return "The AWS emulators are not installed: run eng/emulators.sh.";
        }

        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")))
            ? null
            : "The AWS emulators need Node.js, and node is not on PATH.";
    }
}
