using Detection.Findings;
using Detection.Rules;
using Support;
using Wire.Model;

namespace Detection.Tests.Correlation;

/// <summary>
/// Events for correlation tests: a program whose name has a rule's letter is started at a time in ns. Numbers within the lane follow
/// the order of the calls.
/// </summary>
internal sealed class Story
{
    public const long Second = 1_000_000_000;

    private ulong _sequence;

    /// <summary>A process of its own, child of the first process.</summary>
    public static ProcessNode Process(uint pid, ProcessNode? parent = null) => Some.Process("/none", parent: parent, pid: pid);

    /// <summary>A start of the program /<paramref name="letters"/> in <paramref name="process"/> (default: one shell for all).</summary>
    public ExecEvent Exec(
        string letters, long timeNs, ProcessNode? process = null, HostIdentity? host = null, Credentials? credentials = null, ulong? sequence = null,
        uint repeated = 0)
    {
        process ??= Process(4242);
        var image = Some.Process("/" + letters, parent: process.Parent, pid: process.Key.Pid, startNs: process.Key.StartNs);
        _sequence = sequence ?? _sequence + 1;
        return Some.Exec(image, _sequence, (ulong)timeNs, host: host, credentials: credentials, repeated: repeated);
    }

    /// <summary>Everything that is reported while the events are given in this order.</summary>
    public static List<Incident> Run(DetectionEngine engine, params HostEvent[] events) => [.. events.SelectMany(engine.Evaluate)];

    /// <summary>The incidents as they stand when no more events will come.</summary>
    public static List<Incident> RunToEnd(DetectionEngine engine, params HostEvent[] events) =>
        [.. Run(engine, events).Concat(engine.Complete()).Where(report => report.Change == IncidentChange.Closed)];

    /// <summary>Another engine with the state of <paramref name="engine"/>.</summary>
    public static DetectionEngine Resume(DetectionEngine engine, RulePack pack, DetectionLimits? limits = null) =>
        StoredItems.Of(engine).Resume(pack, limits);

    /// <summary>An engine with the rules a, b and c and one correlation.</summary>
    /// <param name="correlation">Keys of the correlation in flow style, without braces.</param>
    /// <param name="limits">Limits.</param>
    public static DetectionEngine Engine(string correlation, DetectionLimits? limits = null) => new(Pack(correlation), limits);

    /// <summary>The rules a, b and c and correlations: "Under test", "Under test 2" and so on.</summary>
    public static RulePack Pack(params string[] correlations) => Packs.LoadAll(Packs.Letters + string.Concat(correlations.Select((correlation, i) =>
        $"title: Under test{(i == 0 ? "" : $" {i + 1}")}\ncorrelation: {{ {correlation} }}\n---\n")) + SilentC);

    // Keeps the rules that the correlation leaves out from alerting on their own.
    private const string SilentC =
        "title: Never\ncorrelation: { type: event_count, rules: [a, b, c], timespan: 1s, condition: { gte: 1000000 } }";
}
