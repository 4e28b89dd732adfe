namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Work to be done once before the first invocation.</summary>
/// <returns><c>false</c> to end without taking any invocation.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();
