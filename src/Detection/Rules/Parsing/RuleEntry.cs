namespace Detection.Rules.Parsing;

/// <summary>An entry of a mapping. A class: lists of an own value type cost a process milliseconds when it starts.</summary>
/// <param name="Key">A scalar.</param>
/// <param name="Value">Any node.</param>
internal sealed record RuleEntry(RuleNode Key, RuleNode Value);
