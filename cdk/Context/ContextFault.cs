namespace Cdk.Context;

/// <summary>One thing that is wrong with the deployment context.</summary>
/// <param name="Key">The context key.</param>
/// <param name="Problem">What was found, as a sentence.</param>
/// <param name="Remedy">What to write or do instead, as a sentence.</param>
public sealed record ContextFault(string Key, string Problem, string Remedy);
