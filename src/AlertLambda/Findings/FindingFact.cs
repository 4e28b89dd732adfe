namespace AlertLambda.Findings;

/// <summary>One line of what is known.</summary>
/// <param name="Label">What it is about; ours.</param>
/// <param name="Value">What is so. May come from outside: escape before it is shown.</param>
public sealed record FindingFact(string Label, string Value);
