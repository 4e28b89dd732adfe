using Detection.Findings;
using Detection.Rules;
using Detection.Tests.Correlation;
using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Items;

/// <summary>
/// One item of each kind, as they are in stores: this version reads them. <c>UPDATE_GOLDEN=1</c> writes them anew; then the version of the format has to
/// move, for others cannot read what is stored.
/// </summary>
public sealed class GoldenItemTests
{
    private const string Rules = """
        title: within
        name: within
        correlation: { type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [process] }
        ---
        title: few
        name: few
        correlation: { type: event_count, rules: [c], timespan: 5s, group-by: [host], condition: { lte: 3 } }
        ---
        title: across
        correlation: { type: temporal, rules: [few, a, b], timespan: 30s, group-by: [User], condition: few and a and not b }
        """;

    private static readonly string Folder = Repository.File("tests/Fixtures/detection");
    private static readonly RulePack Pack = Packs.LoadAll(Packs.Letters + Rules);
    private static readonly HostIdentity One = Some.Host("i-1");
    private static readonly HostIdentity Two = Some.Host("i-2");

    private readonly Story _story = new();

    [Fact]
    public void Host_goes_on_where_it_was()
    {
        var engine = new DetectionEngine(Pack);
        Assert.True(engine.TryLoadHost(One.HostId, Golden("host.item", () => Before().EncodeHost(One.HostId)), out var fault), fault);

        _ = Run(engine, _story.Exec("a", 100 * Second, host: One, sequence: 2));
        var reports = Run(engine, _story.Exec("b", 103 * Second, host: One, sequence: 6));

        Assert.Equal(1, engine.Counters.Duplicates);
        Assert.Equal([2ul, 6ul], Assert.Single(reports, report => report.Rule.Title == "within").Witnesses.Select(witness => witness.Event.Sequence));
    }

    [Fact]
    public void Correlation_over_hosts_goes_on_where_it_was()
    {
        var engine = new DetectionEngine(Pack);
        Assert.True(engine.TryLoadShared("across", Golden("shared.item", () => Before().EncodeShared("across")), out var fault), fault);

        _ = Run(engine, _story.Exec("c", 104 * Second, host: Two, sequence: 1));
        var across = engine.Complete().Where(report => report.Rule.Title == "across").ToList();

        // Uncertain because of the loss of the other host.
        Assert.Equal(Verdict.Unknown, Assert.Single(across, report => report.Change == IncidentChange.Opened).Verdict);
    }

    // A loss, what waits within the host, and what waits over hosts.
    private DetectionEngine Before()
    {
        var engine = new DetectionEngine(Pack);
        HostEvent[] events =
        [
            _story.Exec("x", 99 * Second, host: One, sequence: 1), _story.Exec("a", 100 * Second, host: One, sequence: 2),
            _story.Exec("c", 102 * Second, host: One, sequence: 5),
        ];
        _ = engine.EvaluateFrame(
            Frames.Of(events, 1, 5, lost: [new LostRange(new SequenceRange(3, 3), LossCause.Kernel)]), Frames.Name(1)).ToList();
        return engine;
    }

    private static byte[] Golden(string name, Func<byte[]> make)
    {
        var path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllBytes(path, make());
        }

        return File.ReadAllBytes(path);
    }
}
