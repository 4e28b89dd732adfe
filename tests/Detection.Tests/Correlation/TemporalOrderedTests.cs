using Detection.Findings;
using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

public sealed class TemporalOrderedTests
{
    private const string AThenB = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]";
    private const string AThenBThenC = "type: temporal_ordered, rules: [a, b, c], timespan: 10s, group-by: [host]";

    private readonly Story _story = new();

    [Theory]
    [InlineData(10 * Second, true)]
    [InlineData((10 * Second) - 1, true)]
    [InlineData((10 * Second) + 1, false)]
    [InlineData(1, true)]
    public void Window_is_closed_at_exactly_the_timespan(long apart, bool fires)
    {
        var a = _story.Exec("a", 100 * Second);
        var b = _story.Exec("b", (100 * Second) + apart);

        var incidents = Run(Engine(AThenB), a, b);

        Assert.Equal(fires ? 1 : 0, incidents.Count);
    }

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(2, 1, false)]
    public void Same_nanosecond_is_ordered_by_sequence(ulong sequenceOfA, ulong sequenceOfB, bool fires)
    {
        var a = _story.Exec("a", Second, sequence: sequenceOfA);
        var b = _story.Exec("b", Second, sequence: sequenceOfB);

        Assert.Equal(fires, Run(Engine(AThenB), a, b).Count == 1);
        Assert.Equal(fires, Run(Engine(AThenB), b, a).Count == 1);
    }

    [Fact]
    public void B_before_a_does_not_fire() =>
        Assert.Empty(Run(Engine(AThenB), _story.Exec("b", Second), _story.Exec("a", 2 * Second)));

    [Fact]
    public void One_event_cannot_take_both_places() => Assert.Empty(Run(Engine(AThenB), _story.Exec("ab", Second)));

    [Fact]
    public void Two_events_that_fit_both_places_make_a_chain()
    {
        var first = _story.Exec("ab", Second);
        var second = _story.Exec("ab", 2 * Second);

        var incident = Assert.Single(Run(Engine(AThenB), first, second));

        Assert.Equal([first, second], incident.Witnesses.Select(witness => witness.Event));
        Assert.Equal(["A", "B"], incident.Witnesses.Select(witness => witness.RuleTitle));
    }

    [Fact]
    public void A_a_b_is_one_incident_with_the_later_a_as_witness()
    {
        var early = _story.Exec("a", Second);
        var late = _story.Exec("a", 2 * Second);
        var b = _story.Exec("b", 3 * Second);

        var incident = Assert.Single(Run(Engine(AThenB), early, late, b));

        Assert.Equal([late, b], incident.Witnesses.Select(witness => witness.Event));
        Assert.Equal((late.TimeNs, b.TimeNs), (incident.FirstTimeNs, incident.LastTimeNs));
        Assert.False(incident.Late);
    }

    [Fact]
    public void A_b_b_fires_twice_in_one_incident()
    {
        var engine = Engine(AThenB);

        Assert.Single(Run(engine, _story.Exec("a", Second), _story.Exec("b", 2 * Second), _story.Exec("b", 3 * Second)));

        Assert.Equal(2, engine.Counters.Firings);
        Assert.Equal(1, engine.Counters.Incidents);
    }

    [Fact]
    public void Earlier_a_is_used_when_the_later_one_stands_after_the_next_stage()
    {
        var first = _story.Exec("a", Second);
        var b = _story.Exec("b", 2 * Second);
        var c = _story.Exec("c", 4 * Second);

        var incident = Assert.Single(Run(Engine(AThenBThenC), first, b, _story.Exec("a", 3 * Second), c));

        Assert.Equal([first, b, c], incident.Witnesses.Select(witness => witness.Event));
    }

    [Fact]
    public void Whole_chain_must_fit_the_timespan()
    {
        Assert.Empty(Run(Engine(AThenBThenC), _story.Exec("a", 0), _story.Exec("b", 6 * Second), _story.Exec("c", 11 * Second)));
        Assert.Single(Run(Engine(AThenBThenC), _story.Exec("a", 0), _story.Exec("b", 6 * Second), _story.Exec("c", 10 * Second)));
    }

    [Fact]
    public void Same_rule_twice_needs_two_events()
    {
        const string twice = "type: temporal_ordered, rules: [a, a, b], timespan: 10s";

        Assert.Empty(Run(Engine(twice), _story.Exec("a", Second), _story.Exec("b", 2 * Second)));
        Assert.Single(Run(Engine(twice), _story.Exec("a", Second), _story.Exec("a", Second), _story.Exec("b", 2 * Second)));
    }

    [Fact]
    public void Two_hosts_never_mix()
    {
        HostIdentity one = Some.Host("i-1"), two = Some.Host("i-2");

        Assert.Empty(Run(Engine(AThenB), _story.Exec("a", Second, host: one), _story.Exec("b", 2 * Second, host: two)));
        Assert.Empty(Run(Engine(AThenB.Replace("host", "process", StringComparison.Ordinal)), _story.Exec("a", Second, host: one), _story.Exec("b", 2 * Second, host: two)));
    }

    [Fact]
    public void Hosts_share_a_group_only_when_the_rule_asks_for_it() =>
        Assert.Single(Run(
            Engine("type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [User]"),
            _story.Exec("a", Second, host: Some.Host("i-1")),
            _story.Exec("b", 2 * Second, host: Some.Host("i-2"))));

    [Fact]
    public void Same_pid_of_another_boot_is_another_process() =>
        Assert.Empty(Run(
            Engine("type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [process]"),
            _story.Exec("a", Second),
            _story.Exec("b", 2 * Second, host: Some.Host(bootId: Guid.NewGuid()))));

    [Fact]
    public void Event_without_a_group_field_is_in_no_group_and_counted()
    {
        var engine = Engine("type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [LoginUid]");
        var nobody = Some.Credentials(loginUid: Credentials.Unset);

        Assert.Empty(Run(engine, _story.Exec("a", Second, credentials: nobody), _story.Exec("b", 2 * Second, credentials: nobody)));

        Assert.Equal(2, engine.Counters.MissingGroupFields);
    }

    [Fact]
    public void Alias_reads_another_field_for_each_rule()
    {
        const string alias = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [who], aliases: { who: { a: User, b: ParentUser } }";
        var a = _story.Exec("a", Second, credentials: Some.Credentials(0));
        var b = _story.Exec("b", 2 * Second, Process(7, Some.Process("/x", uid: 0)));

        var incident = Assert.Single(Run(Engine(alias), a, b));

        Assert.Equal([KeyValuePair.Create("who", "root")], incident.Group);
        Assert.Empty(Run(Engine(alias), _story.Exec("a", Second), b));
    }

    [Fact]
    public void Duplicates_change_nothing()
    {
        var engine = Engine(AThenB);
        var a = _story.Exec("a", Second);
        var b = _story.Exec("b", 2 * Second);

        Assert.Single(Run(engine, a, a, b, b, a, b));

        Assert.Equal((6, 4, 1), (engine.Counters.Events, engine.Counters.Duplicates, engine.Counters.Firings));
    }

    [Fact]
    public void A_that_arrives_after_b_fires_and_is_flagged_late()
    {
        var a = _story.Exec("a", Second);
        var b = _story.Exec("b", 2 * Second);

        var incident = Assert.Single(Run(Engine(AThenB), b, a));

        Assert.True(incident.Late);
        Assert.Equal([a, b], incident.Witnesses.Select(witness => witness.Event));
        Assert.Equal(Assert.Single(Run(Engine(AThenB), a, b)).Id, incident.Id);
    }

    [Fact]
    public void Late_middle_event_completes_the_chain()
    {
        var a = _story.Exec("a", Second);
        var b = _story.Exec("b", 2 * Second);
        var c = _story.Exec("c", 3 * Second);

        Assert.Equal([a, b, c], Assert.Single(Run(Engine(AThenBThenC), c, a, b)).Witnesses.Select(witness => witness.Event));
        Assert.Equal([a, b, c], Assert.Single(Run(Engine(AThenBThenC), a, c, b)).Witnesses.Select(witness => witness.Event));
    }

    [Fact]
    public void Group_and_rule_are_named_in_the_incident()
    {
        Incident incident = Assert.Single(Run(Engine(AThenB), _story.Exec("a", Second), _story.Exec("b", 2 * Second)));

        Assert.Equal("Under test", incident.Rule.Title);
        Assert.Equal([KeyValuePair.Create("host", Some.Host().HostId)], incident.Group);
        Assert.Matches("^[0-9a-f]{32}$", incident.Id);
    }
}
