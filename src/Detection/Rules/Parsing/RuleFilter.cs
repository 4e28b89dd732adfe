using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>A filter: a condition that the rules it applies to must fulfil beside their own.</summary>
/// <param name="Source">Which rules it can apply to: those of the same log source, or of one that says more.</param>
/// <param name="Rules">The rules it names; null = any.</param>
/// <param name="Matcher">The condition.</param>
/// <param name="Meaning">What goes into the meaning of the rules.</param>
internal sealed record RuleFilter(LogSourceReader Source, IReadOnlySet<RuleDocument>? Rules, Matcher Matcher, string Meaning)
{
    /// <summary>True when the rule of <paramref name="document"/> must fulfil the condition.</summary>
    public bool AppliesTo(RuleDocument document, LogSourceReader source) => Rules?.Contains(document) != false && Source.Covers(source);
}
