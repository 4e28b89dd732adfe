using System.CommandLine;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Covering;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline rules coverage [PATH…]</c>: which ATT&amp;CK tactics and techniques rules are tagged with.</summary>
internal static class RulesCoverageCommand
{
    internal static Command Create()
    {
        var paths = RulesCommand.Paths();
        var json = new Option<bool>("--json") { Description = "as JSON" };
        var command = new Command("coverage", "rules by ATT&CK tactic and technique") { paths, json };
        command.SetAction(parsed =>
        {
            var coverage = new AttackCoverage(RuleSet.Load(parsed.GetValue(paths)!).Pack);
            if (parsed.GetValue(json))
            {
                CoverageReport.WriteJson(coverage, Console.Out);
            }
            else
            {
                CoverageReport.WriteTable(coverage, Console.Out);
            }
        });
        return command;
    }
}
