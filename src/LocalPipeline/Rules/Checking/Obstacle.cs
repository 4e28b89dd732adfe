namespace LocalPipeline.Rules.Checking;

/// <summary>Why an item of a rule can never come true. Immutable.</summary>
/// <param name="Line">Line of the item, from 1.</param>
/// <param name="Reason">What is missing.</param>
/// <param name="WayOut">What to do about it; empty when there is nothing to propose.</param>
internal record Obstacle(int Line, string Reason, string WayOut);
