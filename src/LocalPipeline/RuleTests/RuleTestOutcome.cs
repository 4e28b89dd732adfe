namespace LocalPipeline.RuleTests;

/// <summary>What came of a companion test. Immutable.</summary>
/// <param name="Test">The test.</param>
/// <param name="Difference">How the result differs from what must be, line by line; empty = as it must be. Names are not escaped.</param>
/// <param name="Notes">What people should know all the same.</param>
internal sealed record RuleTestOutcome(RuleTest Test, IReadOnlyList<string> Difference, IReadOnlyList<string> Notes)
{
    internal bool Passed => Difference.Count == 0;
}
