using System.Runtime.InteropServices;
using Support;

namespace EndToEnd.Tests.Setup;

/// <summary>Where the build put the programs under test.</summary>
internal static class Programs
{
    /// <summary>The agent.</summary>
    public static string EdgeAgent { get; } = Built("EdgeAgent", "edge-agent");

    /// <summary>The function.</summary>
    public static string AlertLambda { get; } = Built("AlertLambda", "AlertLambda");

    /// <summary>The probes. The agent's build embeds them if they are there.</summary>
    public static string Probes { get; } = Path.Combine(
        Repository.Root, "artifacts", "bpf",
        RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x86_64", "edge.bpf.o");

    /// <summary>The rule pack.</summary>
    public static string Rules { get; } = Path.Combine(Repository.Root, "rules");

    // Every project builds into a folder named after the configuration, this one too.
    private static string Built(string project, string program) => Path.Combine(
        Repository.Root, "artifacts", "bin", project,
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), program);
}
