namespace Detection.Tests.Oracle;

/// <summary>A rule under test, in YAML for the engine and in plain facts for the oracle.</summary>
/// <param name="Title">Title.</param>
/// <param name="Roles">Letters of the referenced rules in order.</param>
/// <param name="Threshold">Fewest events of a count; 0 = an ordered chain.</param>
/// <param name="GroupBy">One of the oracle's groupings; empty = none.</param>
/// <param name="Yaml">The correlation in flow style, without braces.</param>
internal sealed record OracleRule(string Title, string Roles, int Threshold, string GroupBy, string Yaml)
{
    public static readonly OracleRule[] All =
    [
        new("ab host", "ab", 0, "host", "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]"),
        new("abc user", "abc", 0, "User", "type: temporal_ordered, rules: [a, b, c], timespan: 10s, group-by: [User]"),
        new("aab", "aab", 0, "", "type: temporal_ordered, rules: [a, a, b], timespan: 10s"),
        new("ab process", "ab", 0, "process", "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [process]"),
        new("ab session", "ab", 0, "session", "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [session]"),
        new("ab alias", "ab", 0, "alias", "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [alias], aliases: { alias: { a: User, b: ParentUser } }"),
        new("ab lineage", "ab", 0, "lineage", "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [lineage]"),
        new("abc lineage", "abc", 0, "lineage", "type: temporal_ordered, rules: [a, b, c], timespan: 10s, group-by: [lineage]"),
        new("ab related", "ab", 0, "lineage-or-session", "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [lineage-or-session]"),
        new("abc related", "abc", 0, "lineage-or-session", "type: temporal_ordered, rules: [a, b, c], timespan: 10s, group-by: [lineage-or-session]"),
        new("3 a host", "a", 3, "host", "type: event_count, rules: [a], timespan: 10s, group-by: [host], condition: { gte: 3 }"),
        new("2 ab session", "ab", 2, "session", "type: event_count, rules: [a, b], timespan: 10s, group-by: [session], condition: { gt: 1 }"),
        new("2 ab alias", "ab", 2, "alias", "type: event_count, rules: [a, b], timespan: 10s, group-by: [alias], aliases: { alias: { a: User, b: ParentUser } }, condition: { gte: 2 }"),
    ];

    /// <summary>The pack of all, with the rules a, b and c, which do not alert on their own.</summary>
    public static string PackText { get; } = Packs.Letters + string.Join("\n---\n", All.Select(rule => $"title: {rule.Title}\ncorrelation: {{ {rule.Yaml} }}"));
}
