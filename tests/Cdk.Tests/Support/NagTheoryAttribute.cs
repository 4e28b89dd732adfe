namespace Cdk.Tests.Support;

/// <summary>A theory that gives templates to cdk-nag; skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NagTheoryAttribute : TheoryAttribute
{
    /// <summary>Where it is.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Find(), "tests", "Cdk.Tests", "Nag");

    /// <summary>Looks for Node and the installed packages.</summary>
    public NagTheoryAttribute()
    {
        if (!CommandLine.IsPresent("node") || !Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            Skip = "cdk-nag is not installed: run eng/nag.sh.";
        }
    }
}
