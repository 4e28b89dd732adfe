using Detection.Rules;
using Wire.Model;

namespace Detection.Findings;

/// <summary>An event that fills a role of a correlation, or a firing of an inner one, and whether it has what puts it into a group. Immutable.</summary>
/// <param name="Rule">The correlation.</param>
/// <param name="Role">Index of the part in <see cref="CorrelationRule.Rules"/>.</param>
/// <param name="Event">The event.</param>
/// <param name="MissingKeys">Entries of group-by that the event has no value for. With any of them it takes part in no group.</param>
/// <param name="LacksValue">The field that a value type reads is missing or, where a number is needed, none. Then it does not count either.</param>
public sealed record Occurrence(CorrelationRule Rule, int Role, HostEvent Event, IReadOnlyList<GroupBy> MissingKeys, bool LacksValue);
