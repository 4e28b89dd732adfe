namespace Detection.Rules;

/// <summary>What was loaded, by file name and place in the file, and what was refused. Immutable.</summary>
/// <param name="Rules">Rules that match single events.</param>
/// <param name="Correlations">Rules over several events; each refers to entries of <paramref name="Rules"/>.</param>
/// <param name="Refused">Everything that was not loaded.</param>
public sealed record RulePack(
    IReadOnlyList<SigmaRule> Rules, IReadOnlyList<CorrelationRule> Correlations, IReadOnlyList<RefusedRule> Refused);
