namespace LocalPipeline.RuleTests;

/// <summary>When stories happen: hosts were booted at 2026-01-01 00:00:00 UTC, a story begins 1000 s later, its processes before it.</summary>
internal static class StoryClock
{
    private const long BootTimeUnixNs = 1_767_225_600_000_000_000;
    private const ulong StoryNs = 1_000_000_000_000;
    private const ulong ProcessesNs = 500_000_000_000;

    /// <summary>ns since boot of a moment of the story.</summary>
    internal static ulong BootNs(long atNs) => StoryNs + (ulong)atNs;

    /// <summary>ns since 1970 of a moment since boot.</summary>
    internal static long TimeNs(ulong bootNs) => BootTimeUnixNs + (long)bootNs;

    /// <summary>Start of a process: later than that of its parent.</summary>
    internal static ulong StartOf(uint pid, int depth) => ProcessesNs + ((ulong)depth * 1_000_000_000) + pid;
}
