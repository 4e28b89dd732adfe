using Detection.Taxonomy;

namespace Detection.Rules;

/// <summary>What was loaded, by file name and place in the file, and what was refused. Immutable.</summary>
/// <param name="Rules">Rules that match single events.</param>
/// <param name="Correlations">Rules over several events, each after those that it refers to.</param>
/// <param name="Refused">Everything that was not loaded.</param>
public sealed record RulePack(
    IReadOnlyList<SigmaRule> Rules, IReadOnlyList<CorrelationRule> Correlations, IReadOnlyList<RefusedRule> Refused)
{
    /// <summary>Every field that the rules read, each once; <see cref="Field.Index"/> is the place in this list.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>What was loaded although it is probably not meant so. Same form as a refusal.</summary>
    public IReadOnlyList<RefusedRule> Warnings { get; init; } = [];

    /// <summary>What is wrong with the tuning, one fault each; the rules are loaded without those entries.</summary>
    public IReadOnlyList<RefusedRule> TuningFaults { get; init; } = [];
}
