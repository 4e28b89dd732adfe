using Detection.Findings;
using Detection.Tests.Correlation;
using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Items;

/// <summary>An item fits into the store, whatever is remembered.</summary>
public sealed class ItemBoundTests
{
    private const int Bytes = 16 * 1024;
    private const string ByHost = "type: temporal, rules: [a, b], timespan: 10s, group-by: [process], condition: a and not b";
    private const string OverHosts = "type: temporal, rules: [a, b], timespan: 10s, group-by: [Image], condition: a and not b";

    private static readonly DetectionLimits Small = new() { ItemBytes = Bytes };
    private static readonly string Host = Some.Host().HostId;

    private readonly Story _story = new();

    [Fact]
    public void Oldest_hits_of_a_host_go_until_its_item_fits_and_make_verdicts_unknown()
    {
        var engine = Engine(ByHost, Small);
        Run(engine, Noise(2_000, 100 * Second));
        Run(engine, _story.Exec("b", 101 * Second, Process(7), sequence: 2_001));

        Assert.InRange(engine.EncodeHost(Host).Length, Bytes / 2, Bytes);

        Assert.True(engine.Counters.EvictedHits > 100);
        var resumed = Resume(engine, Pack(ByHost), Small);
        var closed = RunToEnd(resumed, _story.Exec("a", 102 * Second, Process(8), sequence: 2_002));
        Assert.Contains(closed, incident => incident.Verdict == Verdict.Unknown && incident.LastFiring.Sequence == 2_002);
    }

    [Fact]
    public void Oldest_hits_of_a_correlation_over_hosts_go_until_its_item_fits()
    {
        var engine = Engine(OverHosts, Small);
        Run(engine, Noise(2_000, 100 * Second));

        Assert.InRange(engine.EncodeShared("Under test").Length, 1, Bytes);
        Assert.True(engine.Counters.EvictedHits > 100);
    }

    [Fact]
    public void One_group_alone_gives_up_its_older_half()
    {
        var engine = Engine("type: temporal, rules: [a, b], timespan: 10s, group-by: [host], condition: a and not b", Small);
        Run(engine, Noise(900, 100 * Second));

        Assert.InRange(engine.EncodeHost(Host).Length, 1, Bytes);
        Assert.InRange(engine.Counters.EvictedHits, 1, 899);
    }

    [Fact]
    public void Incidents_that_do_not_fit_are_closed_and_counted()
    {
        var engine = new DetectionEngine(Packs.LoadAll(Packs.Letters), Small);
        Run(engine, Noise(2_000, 100 * Second));

        Assert.InRange(engine.EncodeHost(Host).Length, 1, Bytes);

        Assert.True(engine.Counters.EvictedIncidents > 100);
        var next = Run(engine, _story.Exec("x", 200 * Second, sequence: 9_000));
        Assert.Equal(engine.Counters.EvictedIncidents, next.Count(incident => incident.Change == IncidentChange.Closed));
    }

    [Fact]
    public void Ranges_of_numbers_that_do_not_fit_go_from_the_lowest()
    {
        var engine = Engine(ByHost, Small);
        var random = new Random(7);
        foreach (var lane in (Lane[])[Lane.High, Lane.Bulk])
        {
            var sequence = 1ul;
            Run(engine, [.. Enumerable.Range(1, 1_000).Select(i =>
                Some.Exec(Process(7), sequence += (ulong)random.NextInt64(2, 1L << 48), (ulong)((100 * Second) + random.Next()), lane))]);
        }

        Assert.InRange(engine.EncodeHost(Host).Length, 1, Bytes);
        Assert.True(engine.Counters.EvictedRanges > 0);
    }

    [Fact]
    public void What_fits_is_left_as_it_is()
    {
        var engine = Engine(ByHost, Small);
        Run(engine, Noise(20, 100 * Second));

        Assert.Equal(engine.EncodeHost(Host), engine.EncodeHost(Host));
        Assert.Equal(0, engine.Counters.Evicted);
    }

    // Each of a process, and with texts, that Brotli finds little to save of.
    private static HostEvent[] Noise(int count, long fromNs)
    {
        var random = new Random(3);
        return
        [
            .. Enumerable.Range(1, count).Select(i => Some.Exec(
                Some.Process($"/a{random.NextInt64():x16}", [$"{random.NextInt64():x16}{random.NextInt64():x16}"], pid: (uint)i + 10), (ulong)i, (ulong)(fromNs + i))),
        ];
    }
}
