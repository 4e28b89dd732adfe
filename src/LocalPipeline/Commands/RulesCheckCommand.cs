using System.CommandLine;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Checking;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline rules check PATH…</c>: says which rules do not load, and which can never fire.</summary>
internal static class RulesCheckCommand
{
    internal static Command Create()
    {
        var paths = RulesCommand.Paths();
        var config = SharedOptions.Config();
        var strict = new Option<bool>("--strict") { Description = "fail on warnings, too" };
        var command = new Command("check", "load rules; list what is refused, and what can never fire") { paths, config, strict };
        command.SetAction(parsed =>
        {
            var watch = new WatchLists(SharedOptions.ReadAgentOptions(parsed.GetValue(config)));
            var (refused, warnings) = CheckReport.Write(RuleSet.Load(parsed.GetValue(paths)!), watch, Console.Out);
            return refused > 0 || (parsed.GetValue(strict) && warnings > 0) ? PipelineCommand.Failed : PipelineCommand.Done;
        });
        return command;
    }
}
