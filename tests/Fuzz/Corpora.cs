using Support;

namespace Fuzz;

/// <summary>Inputs to begin with, from the repository and, where it is there, the folder of public rules beside it. Sorted: a seed means the same everywhere.</summary>
internal static class Corpora
{
    private const string CompanionEnd = ".tests.yml";

    /// <summary>Texts of rule files.</summary>
    public static IReadOnlyList<string> Rules { get; } =
        [.. Files(Repository.File("rules")).Concat(Files(Repository.File("../shared/sigma-linux"))).Where(file => !IsCompanion(file)).Select(File.ReadAllText), Correlations];

    /// <summary>Texts of files with companion tests.</summary>
    public static IReadOnlyList<string> Companions { get; } = [.. Files(Repository.File("rules")).Where(IsCompanion).Select(File.ReadAllText)];

    /// <summary>A correlation of each kind over two rules that match many events.</summary>
    public static string Correlations => """
        title: Exec
        name: a
        logsource: { product: linux, category: process_creation }
        detection: { s: { Image|contains: a }, condition: s }
        ---
        title: Open
        name: b
        logsource: { product: linux, category: file_access }
        detection: { s: { TargetFilename|exists: true }, condition: s }
        ---
        title: Any
        name: c
        logsource: { product: linux }
        detection: { s: ['a'], condition: s }
        ---
        title: 1
        correlation: { type: event_count, rules: [a, c], timespan: 2s, group-by: [host], condition: { gte: 2 } }
        ---
        title: 2
        correlation: { type: value_count, rules: [a], timespan: 2s, group-by: [User], condition: { field: Image, gt: 1, lte: 7 } }
        ---
        title: 3
        name: d
        correlation: { type: temporal, rules: [a, b], timespan: 3s, group-by: [lineage] }
        ---
        title: 4
        correlation: { type: temporal_ordered, rules: [a, b], timespan: 3s, group-by: [session], condition: a and not b }
        ---
        title: 5
        correlation: { type: value_sum, rules: [c], timespan: 3s, condition: { field: ProcessId, gt: 10 } }
        ---
        title: 6
        correlation: { type: value_avg, rules: [c], timespan: 3s, group-by: [process], condition: { field: ProcessId, neq: 10 } }
        ---
        title: 7
        correlation: { type: value_percentile, rules: [c], timespan: 3s, group-by: [host], condition: { field: ProcessId, lt: 10000, percentile: 50 } }
        ---
        title: 8
        correlation: { type: temporal_ordered, rules: [d, b], timespan: 9s, group-by: [lineage] }
        """;

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];

    private static bool IsCompanion(string file) => file.EndsWith(CompanionEnd, StringComparison.Ordinal);
}
