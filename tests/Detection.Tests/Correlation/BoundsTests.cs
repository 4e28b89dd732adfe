using Detection.Findings;
using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

public sealed class BoundsTests
{
    private const string ByUser = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [process]";

    private readonly Story _story = new();

    [Fact]
    public void Group_pushed_out_is_counted_and_does_not_fire()
    {
        var engine = Engine(ByUser, new DetectionLimits { GroupsPerRule = 2 });

        Run(engine, _story.Exec("a", Second, Process(1)), _story.Exec("a", Second, Process(2)), _story.Exec("a", Second, Process(3)));

        Assert.Equal(1, engine.Counters.EvictedHits);
        Assert.Empty(Run(engine, _story.Exec("b", 2 * Second, Process(1))));
        Assert.Single(Run(engine, _story.Exec("b", 2 * Second, Process(3))));
    }

    [Fact]
    public void Groups_that_are_out_of_reach_go_without_being_counted()
    {
        var engine = Engine(ByUser, new DetectionLimits { GroupsPerRule = 1, LatenessNs = 0 });

        Run(engine, _story.Exec("a", Second, Process(1)), _story.Exec("x", 60 * Second), _story.Exec("a", 61 * Second, Process(2)));

        Assert.Equal(0, engine.Counters.EvictedHits);
    }

    [Fact]
    public void Oldest_hits_of_a_full_group_go_first()
    {
        var engine = Engine(ByUser, new DetectionLimits { HitsPerGroup = 2 });

        Run(engine, [.. Enumerable.Range(1, 5).Select(i => _story.Exec("a", i))]);

        Assert.Equal(3, engine.Counters.EvictedHits);
        Assert.Single(Run(engine, _story.Exec("b", 6)));
    }

    [Fact]
    public void Total_of_a_rule_is_bounded_across_its_groups()
    {
        var engine = Engine(ByUser, new DetectionLimits { HitsPerRule = 3 });

        Run(engine, [.. Enumerable.Range(1, 5).Select(i => _story.Exec("a", i, Process((uint)i)))]);

        Assert.Equal(2, engine.Counters.EvictedHits);
    }

    [Fact]
    public void Count_is_kept_whatever_the_bound_per_group() =>
        Assert.Single(Run(
            Engine("type: event_count, rules: [a], timespan: 10s, condition: { gte: 5 }", new DetectionLimits { HitsPerGroup = 1 }),
            [.. Enumerable.Range(1, 5).Select(i => _story.Exec("a", i))]));

    [Fact]
    public void Forgotten_numbers_do_not_fire_again_while_their_events_are_remembered()
    {
        var engine = Engine(ByUser, new DetectionLimits { RangesPerLane = 1 });
        var a = _story.Exec("a", 1, sequence: 1);
        var b = _story.Exec("b", 2, sequence: 10);
        var far = _story.Exec("x", 3, sequence: 20);

        Assert.Single(Run(engine, a, b, far, a, b));

        Assert.Equal(1, engine.Counters.Firings);
        Assert.True(engine.Counters.EvictedRanges > 0);
    }

    [Fact]
    public void Incident_group_pushed_out_is_counted()
    {
        var engine = new DetectionEngine(Packs.LoadAll(Packs.Letters), new DetectionLimits { IncidentGroupsPerRule = 1 });

        var reports = Run(engine, _story.Exec("a", 1, Process(1)), _story.Exec("a", 2, Process(2)), _story.Exec("a", 3, Process(1)));

        Assert.Equal((3, 2), (reports.Count(report => report.Change == IncidentChange.Opened), reports.Count(report => report.Change == IncidentChange.Closed)));

        Assert.Equal(2, engine.Counters.EvictedIncidents);
    }

    [Fact]
    public void Late_events_and_those_beyond_the_bound_are_counted()
    {
        var engine = Engine(ByUser, new DetectionLimits { LatenessNs = 5 });

        Run(engine, _story.Exec("a", 100), _story.Exec("a", 95), _story.Exec("a", 94), _story.Exec("a", 1, host: Some.Host("i-2")));

        Assert.Equal((2, 1), (engine.Counters.LateEvents, engine.Counters.BeyondLateness));
    }

    [Fact]
    public void Limits_outside_their_range_are_named()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => Engine(ByUser, new DetectionLimits { HitsPerGroup = 0 }));

        Assert.Equal("HitsPerGroup", fault.ParamName);
    }

    [Fact]
    public void Filtered_numbers_take_no_room_in_the_memory_of_seen_ones()
    {
        var engine = Engine(ByUser, new DetectionLimits { RangesPerLane = 1 });
        var events = Enumerable.Range(1, 50).Select(i => _story.Exec("x", i, sequence: (ulong)(i * 10))).ToArray();

        foreach (var pair in events.Chunk(2))
        {
            Assert.Empty(engine.EvaluateFrame(Some.Frame([.. pair], new SequenceRange(pair[0].Sequence - 9, pair[1].Sequence))));
        }

        Assert.Equal(0, engine.Counters.EvictedRanges);
        Run(engine, events);
        Assert.Equal(50, engine.Counters.Duplicates);
    }

    [Fact]
    public void Event_that_a_frame_gave_up_as_lost_still_counts_when_it_comes()
    {
        var engine = Engine(ByUser);
        var a = _story.Exec("a", 1, sequence: 4);
        var b = _story.Exec("b", 2, sequence: 9);
        Assert.Empty(engine.EvaluateFrame(Some.Frame([b], new SequenceRange(1, 9), [new LostRange(new SequenceRange(4, 5), LossCause.Kernel)])));

        Assert.Single(engine.EvaluateFrame(Some.Frame([a])));
        Assert.Equal(0, engine.Counters.Duplicates);
    }

    [Fact]
    public void Host_whose_clock_is_far_ahead_does_not_blind_the_group_of_the_others()
    {
        var engine = Engine("type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [User]");
        var ahead = Some.Host("i-ahead");

        Run(engine, _story.Exec("a", Second), _story.Exec("a", 1_000_000 * Second, host: ahead));

        Assert.Single(Run(engine, _story.Exec("b", 2 * Second)));
        Assert.Equal(0, engine.Counters.EvictedHits);
    }

    [Fact]
    public void Hits_of_a_silent_host_go_once_two_others_are_beyond_the_horizon()
    {
        var pack = Packs.LoadAll(
            $"{Packs.Letters}title: N\ncorrelation: {{ type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [User] }}");
        var engine = new DetectionEngine(pack, new DetectionLimits { LatenessNs = 0, HitsPerRule = 3 });

        Run(engine, _story.Exec("a", Second, host: Some.Host("i-1")), _story.Exec("a", Second + 1, host: Some.Host("i-1")));
        Run(engine, _story.Exec("a", 100 * Second, host: Some.Host("i-2")), _story.Exec("a", 100 * Second, host: Some.Host("i-3")));

        Assert.Equal(0, engine.Counters.EvictedHits);
        Assert.Empty(Run(Resume(engine, pack), _story.Exec("b", 2 * Second, host: Some.Host("i-1"))));
    }
}
