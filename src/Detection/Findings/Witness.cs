using Wire.Model;

namespace Detection.Findings;

/// <summary>An event that made a rule fire.</summary>
/// <param name="RuleTitle">Title of the rule that the event matched (in a correlation: of the referenced rule).</param>
/// <param name="Event">The event.</param>
public sealed record Witness(string RuleTitle, HostEvent Event);
