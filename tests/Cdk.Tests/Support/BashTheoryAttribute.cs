namespace Cdk.Tests.Support;

/// <summary>A theory that runs a script; skipped where one of its tools is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BashTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for the tools on the PATH.</summary>
    public BashTheoryAttribute() => Skip = new BashFactAttribute().Skip;
}
