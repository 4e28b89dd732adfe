namespace Cdk.Tests.Support;

/// <summary>A theory that gives templates to cfn-lint; skipped where that is absent. It is a program of Python's, which <c>make setup</c> does not install.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LintTheoryAttribute : TheoryAttribute
{
    /// <summary>Asks the program for its version.</summary>
    public LintTheoryAttribute()
    {
        if (!CommandLine.IsPresent("node"))
        {
            Skip = "Node.js is not on the PATH; the AWS CDK needs it to synthesise a stack.";
        }
        else if (!CommandLine.IsPresent("cfn-lint") || CommandLine.Run("cfn-lint", ["--version"]).ExitCode != 0)
        {
            Skip = "cfn-lint is not installed: pip install cfn-lint.";
        }
    }
}
