using AlertLambda;
using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Logging;
using AlertLambda.Options;
using Detection;
using LocalPipeline.Delivery;
using Wire.Text;

namespace LocalPipeline.Stream;

/// <summary>The function's half on this machine: stream, rules, engine, alerts on the terminal.</summary>
internal sealed class FunctionSide
{
    private const string EnvironmentName = "local";

    private FunctionSide(EmbeddedStream stream, ConsoleAlertPublisher publisher)
    {
        Stream = stream;
        Publisher = publisher;
    }

    /// <summary>Where records go in.</summary>
    internal EmbeddedStream Stream { get; }

    /// <summary>Where alerts come out.</summary>
    internal ConsoleAlertPublisher Publisher { get; }

    /// <summary>Makes it around a folder of rules.</summary>
    /// <param name="rulesFolder">Rules to load.</param>
    /// <param name="output">Receives alerts.</param>
    /// <param name="messages">Receives refused rules and quarantined records.</param>
    /// <exception cref="InvalidOptionsException">No rule could be loaded.</exception>
    internal static FunctionSide Create(string rulesFolder, TextWriter output, TextWriter messages)
    {
        var log = new JsonLog(TextWriter.Null, TimeProvider.System);
        if (!Directory.Exists(rulesFolder))
        {
            throw new InvalidOptionsException([$"--rules: there is no folder {SafeText.Escape(rulesFolder)}; write the folder of the rule pack"]);
        }

        var rules = RuleFolder.Load(rulesFolder, log);
        foreach (var refused in rules.Refused)
        {
            messages.WriteLine($"pipeline: {SafeText.Escape(refused.ToString())}");
        }

        var publisher = new ConsoleAlertPublisher(output);
        var pipeline = new AlertPipeline(
            new FolderQuarantine(messages), new DetectionEngine(rules), new AlertComposer(EnvironmentName), new Outbox(publisher, log));
        return new FunctionSide(new EmbeddedStream(pipeline), publisher);
    }
}
