using Detection.Findings;

namespace LocalPipeline.Rules.Covering;

/// <summary>The rules of one tactic or technique. Immutable.</summary>
/// <param name="Key">Tactic or technique.</param>
/// <param name="Rules">At least one.</param>
internal sealed record CoverageRow(string Key, IReadOnlyList<RuleInfo> Rules)
{
    /// <summary>Of the most urgent rule.</summary>
    internal RuleLevel Highest => Rules.Max(rule => rule.Level);

    /// <summary>All tactics of the rules, sorted.</summary>
    internal IEnumerable<string> Tactics => Rules.SelectMany(AttackCoverage.TacticsOf).Distinct().Order(StringComparer.Ordinal);
}
