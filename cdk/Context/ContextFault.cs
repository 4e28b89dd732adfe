namespace Cdk.Context;

/// <summary>One thing that is wrong with the settings of a deployment.</summary>
/// <param name="Origin">Where it stands: a file, or <c>context</c> for <c>-c</c> and <c>cdk.json</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Problem">What was found, as a sentence.</param>
/// <param name="Remedy">What to write or do instead, as a sentence.</param>
public sealed record ContextFault(string Origin, string Key, string Problem, string Remedy);
