namespace Cdk.Context;

/// <summary>A value as text, and where it stands.</summary>
/// <param name="Text">The value. Lists are comma-separated.</param>
/// <param name="Origin">A file, or <see cref="Context"/>.</param>
public sealed record Setting(string Text, string Origin)
{
    /// <summary>What the CDK command line passes on: <c>-c key=value</c>, and "context" of <c>cdk.json</c>.</summary>
    public const string Context = "context";
}
