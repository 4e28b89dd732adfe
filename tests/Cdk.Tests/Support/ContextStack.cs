namespace Cdk.Tests.Support;

/// <summary>A stack of settings that one test is about.</summary>
public sealed class ContextStack(Dictionary<string, string> context) : SynthesisedStack(context);
