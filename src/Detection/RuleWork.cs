using Detection.Findings;

namespace Detection;

/// <summary>What a rule cost since it was last asked for, in steps that do not depend on the machine. Immutable.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Steps">Of a rule over events: records that its condition was tried on. Of a correlation: remembered occurrences that it looked at.</param>
/// <param name="Found">Of a rule over events: matches. Of a correlation: firings.</param>
public sealed record RuleWork(RuleInfo Rule, long Steps, long Found);
