using Detection.Findings;
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
        string letters, long timeNs, ProcessNode? process = null, HostIdentity? host = null, Credentials? credentials = null, ulong? sequence = null)
    {
        process ??= Process(4242);
        var image = Some.Process("/" + letters, parent: process.Parent, pid: process.Key.Pid, startNs: process.Key.StartNs);
        _sequence = sequence ?? _sequence + 1;
        return Some.Exec(image, _sequence, (ulong)timeNs, host: host, credentials: credentials);
    }

    /// <summary>Everything that opens when the events are given in this order.</summary>
    public static List<Incident> Run(DetectionEngine engine, params HostEvent[] events) => [.. events.SelectMany(engine.Evaluate)];

    /// <summary>An engine with the rules a, b and c and one correlation.</summary>
    /// <param name="correlation">Keys of the correlation in flow style, without braces.</param>
    /// <param name="limits">Limits.</param>
    public static DetectionEngine Engine(string correlation, DetectionLimits? limits = null) =>
        new(Packs.LoadAll($"{Packs.Letters}title: Under test\ncorrelation: {{ {correlation} }}\n---\n{SilentC}"), limits);

    // Keeps the rules that the correlation leaves out from alerting on their own.
    private const string SilentC =
        "title: Never\ncorrelation: { type: event_count, rules: [a, b, c], timespan: 1s, condition: { gte: 1000000 } }";
}
