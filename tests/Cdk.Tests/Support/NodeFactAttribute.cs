namespace Cdk.Tests.Support;

/// <summary>A test that synthesises a stack; skipped where Node.js, on which the construct library runs, is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Looks for <c>node</c> on the PATH.</summary>
    public NodeFactAttribute()
    {
        if (!CommandLine.IsPresent("node"))
        {
            Skip = "Node.js is not on the PATH; the AWS CDK needs it to synthesise a stack.";
        }
    }
}
