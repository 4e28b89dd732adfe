using Wire.Model;

namespace Detection.Findings;

/// <summary>A rule fired in a group at an event. Immutable.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Group">Group-by fields with their values, in the rule's order.</param>
/// <param name="Event">The event that completes the condition.</param>
/// <param name="Witnesses">The events that fulfil it, in event order; <paramref name="Event"/> among them.</param>
/// <param name="Verdict">How sure that is.</param>
public sealed record Firing(
    RuleInfo Rule, IReadOnlyList<KeyValuePair<string, string>> Group, HostEvent Event, IReadOnlyList<Witness> Witnesses, Verdict Verdict);
