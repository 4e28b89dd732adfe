namespace Detection.Findings;

/// <summary>Why an event matched a rule: the items that held, in the rule's order. What the condition only excludes is not listed. Immutable.</summary>
/// <param name="Rule">The rule; of a correlation, the one that it refers to.</param>
/// <param name="Items">At most <see cref="MatchReasons.MaxItems"/>; empty for a condition that only excludes.</param>
/// <param name="LeftOut">Items beyond those.</param>
public sealed record MatchReason(RuleInfo Rule, IReadOnlyList<MatchedItem> Items, int LeftOut);
