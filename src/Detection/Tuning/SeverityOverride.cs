using Detection.Findings;
using Detection.Rules.Parsing;

namespace Detection.Tuning;

/// <summary>Another level for a rule.</summary>
/// <param name="Level">The level.</param>
/// <param name="Reason">Why; not empty.</param>
/// <param name="Place"><c>file:line</c> where it stands.</param>
public sealed record SeverityOverride(RuleLevel Level, string Reason, string Place)
{
    /// <summary>The rules' ids or names.</summary>
    internal IReadOnlyList<RuleNode> Rules { get; init; } = [];
}
