using System.CommandLine;
using AlertLambda.Options;
using Detection.Rules;
using LocalPipeline.Replay;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Explaining;
using Wire.Model;
using Wire.Text;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline rules explain RULE --event FILE</c>: why a rule fires at events, or why not.</summary>
internal static class RulesExplainCommand
{
    internal static Command Create()
    {
        var rule = new Argument<string>("rule") { Description = "file of the rule, or its id, name or title" };
        var events = new Option<string>("--event") { Description = "JSON lines of events, as replay --events takes them; - = standard input", Required = true };
        var rules = SharedOptions.Rules();
        var command = new Command("explain", "show which item of a rule matches events and which does not") { rule, events, rules };
        command.SetAction(parsed =>
        {
            if (File.Exists(parsed.GetValue(rule)))
            {
                CommandLineCheck.Refuse(parsed, "a rule that is given as a file", "RULE, --event; or an id, name or title with --rules", rules);
            }

            return Explain(parsed.GetValue(rule)!, parsed.GetValue(events)!, parsed.GetValue(rules)!);
        });
        return command;
    }

    private static int Explain(string reference, string eventFile, string[] paths)
    {
        var isFile = File.Exists(reference);
        var rules = RuleSet.Load(isFile ? [reference] : paths, isFile ? "RULE" : "--rules");
        Rule[] wanted = [.. isFile ? rules.All.Where(rule => rule.AlertsAlone) : rules.Find(reference)];
        if (wanted.Length == 0)
        {
            foreach (var refused in rules.Pack.Refused.Where(refused => isFile || refused.Title == reference).SelectMany(rule => rule.All))
            {
                PipelineCommand.Report(SafeText.Escape(refused.ToString()));
            }

            throw new InvalidOptionsException([$"{SafeText.Escape(reference)} is neither a file nor a rule that is loaded; write the rule's file, id, name or title, and where rules lie with --rules"]);
        }

        var log = new FieldEventLog(eventFile, Console.Error);
        using var input = StandardFiles.OpenRead(eventFile, "--event", "a file of one JSON object a line, or - for standard input");
        (HostEvent Event, long Number)[] events = [.. FieldEventOrder.Of(log.Read(input)).Select(e => ((HostEvent)e, e.Line))];
        foreach (var rule in wanted)
        {
            new RuleExplainer(events, Console.Out).Explain(rules.Pack, rule);
        }

        return log.Faults == 0 ? PipelineCommand.Done : PipelineCommand.Failed;
    }
}
