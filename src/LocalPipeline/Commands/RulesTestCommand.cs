using System.CommandLine;
using LocalPipeline.RuleTests;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline rules test PATH…</c>: plays the companion tests of rules.</summary>
internal static class RulesTestCommand
{
    internal static Command Create()
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "rule files, their companion tests (*.tests.yml), or folders of both",
            Arity = ArgumentArity.OneOrMore,
        };
        var config = SharedOptions.Config();
        var command = new Command("test", "run the companion tests of rules") { paths, config };
        command.SetAction(parsed =>
            RuleTestSuite.Run(parsed.GetValue(paths)!, SharedOptions.ReadAgentOptions(parsed.GetValue(config)), Console.Out)
                ? PipelineCommand.Done
                : PipelineCommand.Failed);
        return command;
    }
}
