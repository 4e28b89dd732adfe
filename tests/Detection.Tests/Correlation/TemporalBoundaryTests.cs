using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

/// <summary>The edges that both temporal types have, side by side.</summary>
public sealed class TemporalBoundaryTests
{
    private const string InOrder = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [User]";
    private const string AnyOrder = "type: temporal, rules: [a, b], timespan: 10s, group-by: [User]";

    private readonly Story _story = new();

    [Theory]
    [InlineData(InOrder, (10 * Second) - 1, 1)]
    [InlineData(InOrder, 10 * Second, 1)]
    [InlineData(InOrder, (10 * Second) + 1, 0)]
    [InlineData(AnyOrder, (10 * Second) - 1, 1)]
    [InlineData(AnyOrder, 10 * Second, 1)]
    [InlineData(AnyOrder, (10 * Second) + 1, 0)]
    public void Exactly_the_timespan_apart_is_the_last_that_counts(string rule, long apart, int incidents) =>
        Assert.Equal(incidents, RunToEnd(Engine(rule), _story.Exec("a", 100 * Second), _story.Exec("b", (100 * Second) + apart)).Count);

    [Theory]
    [InlineData(InOrder, 0)]
    [InlineData(AnyOrder, 1)]
    public void B_before_a_counts_only_in_any_order(string rule, int incidents) =>
        Assert.Equal(incidents, RunToEnd(Engine(rule), _story.Exec("b", Second), _story.Exec("a", 2 * Second)).Count);

    [Theory]
    [InlineData(InOrder, 0)]
    [InlineData(AnyOrder, 1)]
    public void One_event_for_both_rules_counts_only_in_any_order(string rule, int incidents) =>
        Assert.Equal(incidents, RunToEnd(Engine(rule), _story.Exec("ab", Second)).Count);

    [Fact]
    public void Event_for_both_rules_is_shown_without_an_older_one_for_either()
    {
        var both = _story.Exec("ab", 2 * Second, sequence: 9);

        Assert.Equal([both], Assert.Single(Run(Engine(AnyOrder), _story.Exec("b", Second), both)).Witnesses.Select(witness => witness.Event));
        Assert.Equal([both], Assert.Single(Run(Engine(AnyOrder), _story.Exec("a", Second), both)).Witnesses.Select(witness => witness.Event));
    }

    [Fact]
    public void Event_that_is_a_rules_and_completes_a_correlation_is_shown_with_what_the_correlation_shows()
    {
        var pack = Pack("type: event_count, rules: [a], timespan: 10s, condition: { gte: 2 }", "type: temporal, rules: [c, Under test], timespan: 10s");
        HostEvent[] events = [_story.Exec("a", Second), _story.Exec("ac", 2 * Second)];

        Assert.Equal(events, Assert.Single(Run(new DetectionEngine(pack), events)).Witnesses.Select(witness => witness.Event));
    }

    [Theory]
    [InlineData(InOrder, Lane.High, Lane.Bulk, 1)]
    [InlineData(InOrder, Lane.Bulk, Lane.High, 0)]
    [InlineData(AnyOrder, Lane.High, Lane.Bulk, 1)]
    [InlineData(AnyOrder, Lane.Bulk, Lane.High, 1)]
    public void Same_nanosecond_in_two_lanes_is_ordered_by_the_lane(string rule, Lane laneOfA, Lane laneOfB, int incidents)
    {
        HostEvent a = InLane("a", laneOfA), b = InLane("b", laneOfB);

        Assert.Equal(incidents, RunToEnd(Engine(rule), a, b).Count);
        Assert.Equal(incidents, RunToEnd(Engine(rule), b, a).Count);

        static HostEvent InLane(string letter, Lane lane) => Some.Exec(Some.Process("/" + letter), 1, (ulong)Second, lane);
    }

    [Theory]
    [InlineData(InOrder)]
    [InlineData(AnyOrder)]
    public void A_a_b_fires_once(string rule)
    {
        var b = _story.Exec("b", 3 * Second, sequence: 3);

        var incident = Assert.Single(RunToEnd(Engine(rule), _story.Exec("a", Second, sequence: 1), _story.Exec("a", 2 * Second, sequence: 2), b));

        Assert.Equal((b.Id, b.Id, 1), (incident.FirstFiring, incident.LastFiring, incident.Firings));
    }

    [Theory]
    [InlineData(InOrder)]
    [InlineData(AnyOrder)]
    public void A_b_b_fires_at_both_in_one_incident(string rule)
    {
        HostEvent a = _story.Exec("a", Second), first = _story.Exec("b", 2 * Second), second = _story.Exec("b", 3 * Second);

        var incident = Assert.Single(RunToEnd(Engine(rule), a, first, second));

        Assert.Equal((first.Id, second.Id, 2), (incident.FirstFiring, incident.LastFiring, incident.Firings));
    }

    [Theory]
    [InlineData(InOrder)]
    [InlineData(AnyOrder)]
    public void Events_without_the_group_field_are_in_no_group_and_counted(string rule)
    {
        var engine = Engine(rule);

        Assert.Empty(RunToEnd(engine, ByUser("a", Second, ""), ByUser("b", 2 * Second, "")));

        Assert.Equal(2, engine.Counters.MissingGroupFields);
    }

    [Theory]
    [InlineData(InOrder)]
    [InlineData(AnyOrder)]
    public void Case_of_a_group_value_matters(string rule)
    {
        Assert.Empty(RunToEnd(Engine(rule), ByUser("a", Second, "Alice"), ByUser("b", 2 * Second, "alice")));
        Assert.Single(RunToEnd(Engine(rule), ByUser("a", Second, "Alice"), ByUser("b", 2 * Second, "Alice")));
    }

    [Theory]
    [InlineData(InOrder)]
    [InlineData(AnyOrder)]
    public void Engine_that_is_resumed_between_a_and_b_fires_at_b(string rule)
    {
        var pack = Pack(rule);
        var engine = new DetectionEngine(pack);
        Assert.Empty(Run(engine, _story.Exec("a", Second)));

        Assert.Single(RunToEnd(Resume(engine, pack), _story.Exec("b", 2 * Second)));
    }

    [Theory]
    [InlineData(InOrder)]
    [InlineData(AnyOrder)]
    public void Second_delivery_of_b_after_the_alert_changes_nothing(string rule)
    {
        var pack = Pack(rule);
        var engine = new DetectionEngine(pack);
        HostEvent a = _story.Exec("a", Second), b = _story.Exec("b", 2 * Second);
        Assert.Single(Run(engine, a, b));

        Assert.Empty(Run(engine, b, a));
        var resumed = Resume(engine, pack);
        Assert.Empty(Run(resumed, b));

        Assert.Equal(1, Assert.Single(resumed.Complete()).Firings);
        Assert.Equal(2, engine.Counters.Duplicates);
    }

    private ExecEvent ByUser(string letter, long timeNs, string user)
    {
        var e = _story.Exec(letter, timeNs);
        return new ExecEvent(new EventFacts
        {
            Host = e.Host, Lane = e.Lane, Sequence = e.Sequence, BootNs = e.BootNs, TimeNs = e.TimeNs, Process = e.Process,
            Actor = new ActorFacts { Credentials = e.Credentials, UserName = user },
        });
    }
}
