using System.CommandLine;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline rules …</c>: work on rules, without events of this machine.</summary>
internal static class RulesCommand
{
    internal static Command Create() => new("rules", "list, check, test and explain Sigma rules (needs no root)")
    {
        RulesListCommand.Create(),
        RulesCheckCommand.Create(),
        RulesTestCommand.Create(),
        RulesExplainCommand.Create(),
        RulesCoverageCommand.Create(),
    };

    /// <summary>The paths that all of its commands take.</summary>
    internal static Argument<string[]> Paths() => new("path")
    {
        Description = "files and folders of rules; without any those that come with the pipeline",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [SharedOptions.DefaultRules],
    };
}
