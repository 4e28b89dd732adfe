using Detection.Correlation;
using Detection.Correlation.Telemetry;
using Detection.Findings;
using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

/// <summary>What a late event does to incidents that were already reported.</summary>
public sealed class LateEventTests
{
    private const string AThenB = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]";

    private readonly Story _story = new();

    [Fact]
    public void Number_that_was_given_up_long_ago_is_no_duplicate_when_it_comes()
    {
        var engine = new DetectionEngine(Packs.LoadAll(Packs.Letters));

        Run(engine, _story.Exec("x", Second, sequence: 1), _story.Exec("x", 2 * Second, sequence: 3), _story.Exec("x", 5_000 * Second, sequence: 4));
        Run(engine, _story.Exec("x", 10_000 * Second, sequence: 5));

        Assert.Single(Run(engine, _story.Exec("a", Second + 1, sequence: 2)), report => report.Change == IncidentChange.Opened);
        Assert.Equal((0, 1), (engine.Counters.Duplicates, engine.Counters.BeyondLateness));
    }

    [Fact]
    public void Lane_that_this_version_does_not_know_is_evaluated_like_any_other()
    {
        var pack = Packs.LoadAll(Packs.Letters);
        var engine = new DetectionEngine(pack);
        HostEvent e = Some.Exec(Some.Process("/a"), lane: (Lane)5);

        Assert.Single(engine.EvaluateFrame(Some.Frame([e])));
        Assert.Empty(Run(Resume(engine, pack), e));
    }

    [Fact]
    public void First_host_whose_clock_is_ahead_does_not_blind_the_others()
    {
        const string Chain = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]";
        HostIdentity ahead = Some.Host("i-ahead"), right = Some.Host("i-right");
        foreach (var rule in (string[])[Chain, Chain.Replace("host", "User", StringComparison.Ordinal)])
        {
            var engine = Engine(rule);

            Run(engine, _story.Exec("x", 1_000_000 * Second, host: ahead));
            Run(engine, _story.Exec("a", 100 * Second, host: right), _story.Exec("x", 105 * Second, host: right));

            Assert.Single(Run(engine, _story.Exec("b", 109 * Second, host: right)));
        }
    }

    [Fact]
    public void Host_whose_clock_was_set_back_is_understood_again_after_a_while()
    {
        var engine = Engine("type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]");

        Run(engine, _story.Exec("x", 10_000 * Second));
        Run(engine, [.. Enumerable.Range(0, 100).Select(i => _story.Exec("x", (100 + i) * Second))]);

        Assert.Single(Run(engine, _story.Exec("a", 300 * Second), _story.Exec("x", 301 * Second), _story.Exec("b", 310 * Second)));
        Assert.Equal(0, engine.Counters.EvictedHits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Events_that_the_host_has_told_of_before_are_no_clock_that_was_set_back(bool areTold)
    {
        var host = new HostTelemetry(new DetectionLimits(), new DetectionCounters());
        var newest = _story.Exec("x", 10_000 * Second);
        host.Add(newest, out _);
        if (areTold)
        {
            host.NoteProgress(new Frame
            {
                Host = newest.Host, Lane = newest.Lane, Range = new SequenceRange(1, 0), Events = [], BootTimeUnixNs = newest.TimeNs - (long)newest.BootNs,
                Progress = [new LaneProgress(newest.Lane, newest.Sequence + 1_000, newest.BootNs)],
            });
        }

        foreach (var i in Enumerable.Range(0, 40))
        {
            host.Add(_story.Exec("x", (100 + i) * Second), out _);
        }

        Assert.Equal(areTold, host.Latest == EventPlace.Of(newest));
    }

    [Fact]
    public void Late_a_that_moves_the_start_of_an_incident_is_no_second_notification()
    {
        var engine = Engine(AThenB);
        HostEvent a = _story.Exec("a", 5 * Second), b = _story.Exec("b", 6 * Second);
        HostEvent laterA = _story.Exec("a", 20 * Second), laterB = _story.Exec("b", 21 * Second);
        var opened = Assert.Single(Run(engine, b, laterA, laterB));

        Assert.Empty(Run(engine, a));

        var closed = Assert.Single(engine.Complete());
        Assert.Equal((IncidentChange.Closed, opened.Id), (closed.Change, closed.Id));
        Assert.Equal((b.Id, laterB.Id, 2), (closed.FirstFiring, closed.LastFiring, closed.Firings));
        Assert.Equal((b.TimeNs, laterB.TimeNs), (closed.FirstTimeNs, closed.LastTimeNs));
    }

    [Fact]
    public void Late_firing_between_two_incidents_makes_them_one()
    {
        var engine = Engine(AThenB, new DetectionLimits { SuppressionNs = 20 * Second });
        HostEvent[] first = Pair(0), bridge = Pair(15 * Second), second = Pair(30 * Second);
        Assert.Equal([IncidentChange.Opened, IncidentChange.Opened], Run(engine, [.. first, .. second]).Select(report => report.Change));

        Assert.Empty(Run(engine, bridge));

        var closed = Assert.Single(engine.Complete());
        Assert.Equal((first[1].Id, second[1].Id, 3), (closed.FirstFiring, closed.LastFiring, closed.Firings));
    }

    [Fact]
    public void Incident_closes_once_nothing_can_join_it_any_more()
    {
        var engine = Engine(AThenB, new DetectionLimits { SuppressionNs = 20 * Second, LatenessNs = 5 * Second });
        Run(engine, Pair(0));

        // Silence of 20 s ends it, and until 5 s later an event may come that breaks the silence.
        Assert.Empty(Run(engine, _story.Exec("x", 25 * Second)));
        var closed = Assert.Single(Run(engine, _story.Exec("x", 60 * Second)));

        Assert.Equal((IncidentChange.Closed, 1), (closed.Change, closed.Firings));
        Assert.Empty(engine.Complete());
    }

    [Fact]
    public void After_the_end_every_incident_was_closed_once()
    {
        var engine = Engine(AThenB, new DetectionLimits { SuppressionNs = 10 * Second, LatenessNs = 5 * Second });

        var closed = RunToEnd(engine, [.. Enumerable.Range(0, 10).SelectMany(i => Pair(i * 100 * Second))]);

        Assert.Equal(10, closed.Select(report => report.Id).Distinct().Count());
        Assert.Equal(10, closed.Count);
    }

    private HostEvent[] Pair(long timeNs) => [_story.Exec("a", timeNs), _story.Exec("b", timeNs + 1)];
}
