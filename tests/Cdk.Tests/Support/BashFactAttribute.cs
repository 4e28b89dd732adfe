namespace Cdk.Tests.Support;

/// <summary>A test that runs a script; skipped where one of its tools is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BashFactAttribute : FactAttribute
{
    /// <summary>Looks for the tools on the PATH.</summary>
    public BashFactAttribute()
    {
        string[] tools = ["bash", "tar", "gzip", "sha256sum", "flock", "timeout", "zip"];
        var absent = tools.Where(tool => !CommandLine.IsPresent(tool)).ToArray();
        if (absent.Length > 0)
        {
            Skip = $"Not on the PATH: {string.Join(", ", absent)}.";
        }
    }
}
