using System.CommandLine;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Checking;
using Wire.Text;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline rules check PATH…</c>: says which rules do not load, and which can never fire.</summary>
internal static class RulesCheckCommand
{
    internal static Command Create()
    {
        var paths = RulesCommand.Paths();
        var config = SharedOptions.Config();
        var tuning = new Option<string?>("--tuning") { Description = "file with exceptions, levels, maintenance windows and rates, to be checked with the rules" };
        var strict = new Option<bool>("--strict") { Description = "fail on warnings, too" };
        var command = new Command("check", "load rules; list what is refused, and what can never fire") { paths, config, tuning, strict };
        command.SetAction(parsed =>
        {
            var watch = new WatchLists(SharedOptions.ReadAgentOptions(parsed.GetValue(config)));
            var rules = RuleSet.Load(parsed.GetValue(paths)!, tuning: SharedOptions.ReadTuning(parsed.GetValue(tuning)));
            var (refused, warnings) = CheckReport.Write(rules, watch, Console.Out);
            foreach (var fault in rules.Pack.TuningFaults)
            {
                Console.WriteLine(SafeText.Escape(fault.ToString()));
            }

            return refused > 0 || rules.Pack.TuningFaults.Count > 0 || (parsed.GetValue(strict) && warnings > 0) ? PipelineCommand.Failed : PipelineCommand.Done;
        });
        return command;
    }
}
