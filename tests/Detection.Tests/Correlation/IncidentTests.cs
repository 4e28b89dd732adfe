using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

public sealed class IncidentTests
{
    private const string AThenB = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]";
    private const long Suppression = 300 * Second;

    private readonly Story _story = new();

    [Theory]
    [InlineData(Suppression, 1)]
    [InlineData(Suppression + 1, 2)]
    public void Firings_within_the_suppression_time_are_one_incident(long gap, int incidents) =>
        Assert.Equal(incidents, Run(Engine(AThenB), [.. Pair(0), .. Pair(gap)]).Count);

    [Fact]
    public void Incident_lasts_as_long_as_firings_go_on() =>
        Assert.Single(Run(Engine(AThenB), [.. Enumerable.Range(0, 20).SelectMany(i => Pair(i * 200 * Second))]));

    [Fact]
    public void Long_timespan_is_the_suppression_time()
    {
        var engine = Engine(AThenB.Replace("10s", "1h", StringComparison.Ordinal));

        Assert.Single(Run(engine, [.. Pair(0), .. Pair(3600 * Second)]));
    }

    [Fact]
    public void Late_firing_before_the_opening_one_is_absorbed()
    {
        var engine = Engine(AThenB);

        Assert.Single(Run(engine, [.. Pair(100 * Second)]));
        Assert.Empty(Run(engine, [.. Pair(50 * Second)]));
        Assert.Equal(2, engine.Counters.Firings);
    }

    [Fact]
    public void Late_firing_between_two_incidents_joins_them_without_a_report()
    {
        var engine = Engine(AThenB);

        Assert.Equal(2, Run(engine, [.. Pair(0), .. Pair(500 * Second)]).Count);
        Assert.Empty(Run(engine, [.. Pair(250 * Second)]));
        Assert.Empty(Run(engine, [.. Pair(400 * Second)]));
    }

    [Fact]
    public void Id_depends_on_rule_group_and_first_firing()
    {
        var pairs = (HostEvent[])[.. Pair(0), .. Pair(500 * Second)];
        var ids = Run(Engine(AThenB), pairs).Select(incident => incident.Id).ToList();

        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids, Run(Engine(AThenB), pairs).Select(incident => incident.Id));
        Assert.Empty(ids.Intersect(Run(Engine(AThenB.Replace("10s", "11s", StringComparison.Ordinal)), pairs).Select(incident => incident.Id)));
    }

    [Fact]
    public void Rule_without_correlation_alerts_once_per_process_and_incident()
    {
        var engine = new DetectionEngine(Packs.LoadAll(Packs.Letters));
        var other = Process(5);

        var incidents = Run(
            engine, _story.Exec("a", Second), _story.Exec("a", 2 * Second), _story.Exec("a", 3 * Second, other),
            _story.Exec("a", 3 * Second, other, Some.Host("i-2")), _story.Exec("a", 303 * Second));

        Assert.Equal(4, incidents.Count);
        Assert.Equal(["host", "process"], incidents[0].Group.Select(entry => entry.Key));
        Assert.Equal([Some.Host().HostId, "4242@4242000000"], incidents[0].Group.Select(entry => entry.Value));
        Assert.Equal(5, engine.Counters.Matches);
    }

    private ExecEvent[] Pair(long timeNs) => [_story.Exec("a", timeNs), _story.Exec("b", timeNs)];
}
