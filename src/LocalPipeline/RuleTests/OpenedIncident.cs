using Detection.Findings;

namespace LocalPipeline.RuleTests;

/// <summary>An incident that opened in a story. Immutable.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="At">Number, from 1, of the event of its first firing.</param>
internal sealed record OpenedIncident(RuleInfo Rule, int At);
