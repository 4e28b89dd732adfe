using Wire.Model;

namespace Detection.Findings;

/// <summary>
/// Firings of one rule in one group whose gaps are within the suppression time: as it stands when it opens, escalates or closes
/// (docs: detection semantics, point 9). Immutable.
/// </summary>
public sealed record Incident
{
    /// <summary>
    /// Hash of rule id, rule version, group and the firing that opened it: 32 hex digits, the same in every report of the incident. A
    /// late firing that comes before does not change it.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Why it is reported.</summary>
    public IncidentChange Change { get; init; }

    /// <summary>The rule that fired.</summary>
    public required RuleInfo Rule { get; init; }

    /// <summary>Group-by fields with their values, in the rule's order; empty for a rule without groups.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Group { get; init; } = [];

    /// <summary>Opened, escalated: time of the first witness. Closed: time of the first firing. ns since 1970 UTC.</summary>
    public required long FirstTimeNs { get; init; }

    /// <summary>Time of the last firing, ns since 1970 UTC.</summary>
    public required long LastTimeNs { get; init; }

    /// <summary>How many firings are known; from 1.</summary>
    public long Firings { get; init; } = 1;

    /// <summary>The first firing's event, in event order.</summary>
    public EventId FirstFiring { get; init; }

    /// <summary>The last firing's event, in event order.</summary>
    public EventId LastFiring { get; init; }

    /// <summary>The events of the firing that opened or escalated it, in event order; empty when it closes.</summary>
    public required IReadOnlyList<Witness> Witnesses { get; init; }

    /// <summary>Certain as soon as one of its firings is.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>True when an event that arrived after later ones made the rule fire.</summary>
    public bool Late { get; init; }
}
