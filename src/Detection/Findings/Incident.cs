namespace Detection.Findings;

/// <summary>
/// Firings of one rule in one group whose gaps are within the suppression time. Reported once, when it opens
/// (docs: detection semantics, point 9). Immutable.
/// </summary>
public sealed record Incident
{
    /// <summary>Hash of rule id, rule version, group and first firing event: 32 hex digits, the same for every evaluation of the same events.</summary>
    public required string Id { get; init; }

    /// <summary>The rule that fired.</summary>
    public required RuleInfo Rule { get; init; }

    /// <summary>Group-by fields with their values, in the rule's order; empty for a rule without groups.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Group { get; init; } = [];

    /// <summary>Time of the first witness, ns since 1970 UTC.</summary>
    public required long FirstTimeNs { get; init; }

    /// <summary>Time of the firing event, ns since 1970 UTC.</summary>
    public required long LastTimeNs { get; init; }

    /// <summary>The events of the first firing, in event order; never empty.</summary>
    public required IReadOnlyList<Witness> Witnesses { get; init; }

    /// <summary>True when an event that arrived after later ones made the rule fire.</summary>
    public bool Late { get; init; }
}
