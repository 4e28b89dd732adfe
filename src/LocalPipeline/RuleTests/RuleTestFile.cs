namespace LocalPipeline.RuleTests;

/// <summary>Companion tests of one rule file. Immutable.</summary>
/// <param name="File">Its path.</param>
/// <param name="RuleFile">Path of the rules they test.</param>
/// <param name="Cast">The processes of all stories.</param>
/// <param name="Tests">What could be read.</param>
/// <param name="Faults">What could not.</param>
internal sealed record RuleTestFile(
    string File, string RuleFile, StoryCast Cast, IReadOnlyList<RuleTest> Tests, IReadOnlyList<RuleTestFault> Faults);
