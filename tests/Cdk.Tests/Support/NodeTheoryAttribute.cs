namespace Cdk.Tests.Support;

/// <summary>A theory that synthesises stacks; skipped where Node.js, on which the construct library runs, is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for <c>node</c> on the PATH.</summary>
    public NodeTheoryAttribute()
    {
        if (!CommandLine.IsPresent("node"))
        {
            Skip = "Node.js is not on the PATH; the AWS CDK needs it to synthesise a stack.";
        }
    }
}
