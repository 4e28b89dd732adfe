namespace Detection.Findings;

/// <summary>One item of a rule that held for an event. Texts are raw: escape them before people see them. Immutable.</summary>
/// <param name="Search">Name of the search that it stands in; empty where the condition has it without one.</param>
/// <param name="Key">The key as the rule says it, for example <c>Image|endswith</c>; empty for keywords.</param>
/// <param name="Asked">Those of the rule's values that held, near to how the rule says them.</param>
/// <param name="Seen">The event's value; null = the record has none, which is what was asked.</param>
/// <param name="IsCut">A text is longer than what stands here.</param>
public sealed record MatchedItem(string Search, string Key, string Asked, string? Seen, bool IsCut);
