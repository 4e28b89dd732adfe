using AlertLambda;
using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Logging;
using AlertLambda.Options;
using Detection;
using Detection.Rules;
using LocalPipeline.Delivery;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Checking;
using Wire.Text;

namespace LocalPipeline.Stream;

/// <summary>The function's half on this machine: stream, rules, engine, alerts on the terminal.</summary>
internal sealed class FunctionSide
{
    private const string EnvironmentName = "local";

    private readonly RulePack _rules;

    private FunctionSide(RulePack rules, EmbeddedStream stream, ConsoleAlertPublisher publisher)
    {
        _rules = rules;
        Stream = stream;
        Publisher = publisher;
    }

    /// <summary>Where records go in.</summary>
    internal EmbeddedStream Stream { get; }

    /// <summary>Where alerts come out.</summary>
    internal ConsoleAlertPublisher Publisher { get; }

    /// <summary>Tells which rules can never fire from what an agent sends.</summary>
    internal void WarnOfDeadRules(WatchLists watch, TextWriter messages)
    {
        foreach (var warning in new RuleChecker(watch).Warnings(_rules))
        {
            messages.WriteLine($"pipeline: warning: {SafeText.Escape(warning.ToString())}");
        }
    }

    /// <summary>Makes it around rules.</summary>
    /// <param name="paths">Files and folders of rules.</param>
    /// <param name="output">Receives alerts.</param>
    /// <param name="messages">Receives refused rules, how many were loaded from where, and quarantined records.</param>
    /// <exception cref="InvalidOptionsException">No rule could be loaded.</exception>
    internal static FunctionSide Create(IReadOnlyList<string> paths, TextWriter output, TextWriter messages)
    {
        var log = new JsonLog(TextWriter.Null, TimeProvider.System);
        var set = RuleSet.Load(paths, "--rules");
        var rules = set.Pack;
        foreach (var refused in rules.Refused.SelectMany(rule => rule.All))
        {
            messages.WriteLine($"pipeline: {SafeText.Escape(refused.ToString())}");
        }

        messages.WriteLine($"pipeline: {set.Summary}");
        if (!rules.Rules.Concat<Rule>(rules.Correlations).Any(rule => rule.AlertsAlone))
        {
            throw new InvalidOptionsException([$"no rule that can alert was loaded ({rules.Refused.Count} refused); --rules takes files and folders of Sigma rules"]);
        }

        var publisher = new ConsoleAlertPublisher(output);
        var pipeline = new AlertPipeline(
            new FolderQuarantine(messages), new DetectionEngine(rules), new AlertComposer(EnvironmentName, rules), new Outbox(publisher, log));
        return new FunctionSide(rules, new EmbeddedStream(pipeline), publisher);
    }
}
