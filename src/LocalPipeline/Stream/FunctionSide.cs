using AlertLambda;
using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Logging;
using AlertLambda.Options;
using AlertLambda.State;
using AlertLambda.Tuning;
using Detection;
using Detection.Rules;
using Detection.Tuning;
using LocalPipeline.Delivery;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Checking;
using Wire.Text;

namespace LocalPipeline.Stream;

/// <summary>The function's half on this machine: stream, rules, engine, alerts on the terminal.</summary>
internal sealed class FunctionSide : IDisposable
{
    /// <summary>What the deployment on this machine is called.</summary>
    internal const string EnvironmentName = "local";

    private readonly RulePack _rules;
    private readonly FileStore? _store;

    private FunctionSide(RulePack rules, EmbeddedStream stream, ConsoleAlertPublisher publisher, FileStore? store)
    {
        (_rules, _store) = (rules, store);
        Stream = stream;
        Publisher = publisher;
    }

    /// <summary>Where records go in.</summary>
    internal EmbeddedStream Stream { get; }

    /// <summary>Where alerts come out.</summary>
    internal ConsoleAlertPublisher Publisher { get; }

    /// <inheritdoc/>
    public void Dispose() => _store?.Dispose();

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
    /// <param name="stateFolder">Where what is remembered outlives this process; null = it does not.</param>
    /// <param name="tuning">What is changed about the rules; null = nothing, and every incident is told by itself.</param>
    /// <exception cref="InvalidOptionsException">No rule could be loaded, or the folder cannot be used.</exception>
    internal static FunctionSide Create(IReadOnlyList<string> paths, TextWriter output, TextWriter messages, string? stateFolder = null, TuningPlan? tuning = null)
    {
        // A terminal takes whatever comes.
        tuning ??= TuningPlan.None with { Rates = RateBounds.None };
        var log = new JsonLog(TextWriter.Null, TimeProvider.System);
        var set = RuleSet.Load(paths, "--rules", tuning);
        var rules = set.Pack;
        if (rules.TuningFaults.Count > 0)
        {
            throw new InvalidOptionsException([.. rules.TuningFaults.Select(fault => $"--tuning: {SafeText.Escape(fault.ToString())}")]);
        }

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
        var engine = new DetectionEngine(rules);
        var store = stateFolder is null ? (ICorrelationStore)new MemoryStore(TimeProvider.System) : OpenStore(stateFolder);
        var items = new EngineItems(engine, store, StateOptions.For(rules), TimeProvider.System, log);
        var pipeline = new AlertPipeline(
            new FrameIntake(new FolderQuarantine(messages)), engine, items,
            // What was refused is told above.
            new NewsDesk(EnvironmentName, rules with { Refused = [] }, tuning, items, new AlertComposer(EnvironmentName, rules), log, TimeProvider.System),
            new OutboxDelivery(publisher, log));
        return new FunctionSide(rules, new EmbeddedStream(pipeline), publisher, store as FileStore);
    }

    private static FileStore OpenStore(string folder)
    {
        try
        {
            return new FileStore(folder, TimeProvider.System);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOptionsException([$"--state: '{SafeText.Escape(folder)}' cannot be used ({SafeText.Escape(e.Message)}); write a folder that nobody else uses"]);
        }
    }
}
