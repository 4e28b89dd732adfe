using System.CommandLine;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Listing;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline rules list [PATH…]</c>: which rules there are.</summary>
internal static class RulesListCommand
{
    internal static Command Create()
    {
        var paths = RulesCommand.Paths();
        var command = new Command("list", "a line per rule: level, title, id, kind, logsource, file") { paths };
        command.SetAction(parsed =>
        {
            var rules = RuleSet.Load(parsed.GetValue(paths)!);
            RuleTable.Write(rules, Console.Out, Console.Error);
            return rules.Pack.Refused.Count == 0 ? PipelineCommand.Done : PipelineCommand.Failed;
        });
        return command;
    }
}
