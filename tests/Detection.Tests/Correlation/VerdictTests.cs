using Detection.Findings;
using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

/// <summary>When a condition that absence can fulfil is decided, and how sure that is.</summary>
public sealed class VerdictTests
{
    private const string AWithoutB = "type: temporal, rules: [a, b], timespan: 10s, group-by: [host], condition: a and not b";
    private const string AThenCWithoutB = "type: temporal_ordered, rules: [a, b, c], timespan: 10s, group-by: [host], condition: a and c and not b";

    private static readonly DetectionLimits FiveSeconds = new() { LatenessNs = 5 * Second };

    private readonly Story _story = new();

    [Fact]
    public void Negation_is_decided_only_when_nothing_earlier_can_come()
    {
        var engine = Engine(AWithoutB, FiveSeconds);

        Assert.Empty(Run(engine, _story.Exec("a", 100 * Second)));
        Assert.Empty(Run(engine, _story.Exec("x", (105 * Second) - 1)));
        var report = Assert.Single(Run(engine, _story.Exec("x", 130 * Second)));

        Assert.Equal((IncidentChange.Opened, Verdict.Certain), (report.Change, report.Verdict));
    }

    [Theory]
    [InlineData(AWithoutB, "a")]
    [InlineData(AThenCWithoutB, "ac")]
    public void Late_b_within_the_bound_keeps_a_negation_from_firing(string rule, string letters)
    {
        var engine = Engine(rule, FiveSeconds);
        HostEvent b = _story.Exec("b", 99 * Second, sequence: 1);
        var others = letters.Select((letter, i) => _story.Exec($"{letter}", (100 * Second) + i)).ToArray();

        Assert.Empty(RunToEnd(engine, [.. others, _story.Exec("x", 103 * Second), b, _story.Exec("x", 200 * Second)]));
        Assert.Single(RunToEnd(Engine(rule, FiveSeconds), [.. others, _story.Exec("x", 200 * Second)]));
    }

    [Theory]
    [InlineData(90 * Second, 0)]
    [InlineData((90 * Second) - 1, 1)]
    [InlineData(100 * Second, 0)]
    [InlineData((100 * Second) + 1, 1)]
    public void Negated_rule_counts_within_the_closed_window_up_to_the_event(long timeOfB, int incidents)
    {
        HostEvent a = _story.Exec("a", 100 * Second, sequence: 2), b = _story.Exec("b", timeOfB, sequence: timeOfB > 100 * Second ? 3UL : 1);

        Assert.Equal(incidents, RunToEnd(Engine(AWithoutB), a, b).Count);
    }

    [Fact]
    public void Event_that_matches_the_negated_rule_itself_does_not_fire()
    {
        Assert.Empty(RunToEnd(Engine(AWithoutB), _story.Exec("ab", Second)));
        Assert.Empty(RunToEnd(Engine(AThenCWithoutB), _story.Exec("a", Second), _story.Exec("bc", 2 * Second)));
    }

    [Theory]
    [InlineData(89 * Second, 89 * Second, Verdict.Certain)]
    [InlineData(89 * Second, 90 * Second, Verdict.Unknown)]
    [InlineData(95 * Second, 96 * Second, Verdict.Unknown)]
    public void Verdict_is_unknown_when_a_gap_touches_the_window(long before, long after, Verdict verdict)
    {
        var engine = Engine(AWithoutB);

        var closed = Assert.Single(RunToEnd(
            engine, _story.Exec("x", before, sequence: 1), _story.Exec("x", after, sequence: 3), _story.Exec("a", 100 * Second, sequence: 4)));

        Assert.Equal(verdict, closed.Verdict);
    }

    [Fact]
    public void Number_that_comes_after_all_closes_the_gap()
    {
        var closed = Assert.Single(RunToEnd(
            Engine(AWithoutB), _story.Exec("x", 95 * Second, sequence: 1), _story.Exec("x", 97 * Second, sequence: 3),
            _story.Exec("a", 100 * Second, sequence: 4), _story.Exec("x", 96 * Second, sequence: 2)));

        Assert.Equal(Verdict.Certain, closed.Verdict);
    }

    [Theory]
    [InlineData("type: temporal, rules: [a, b], timespan: 10s, group-by: [host]")]
    [InlineData("type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]")]
    public void Gap_leaves_a_condition_certain_that_more_events_cannot_undo(string rule) =>
        Assert.Equal(Verdict.Certain, Assert.Single(RunToEnd(
            Engine(rule), _story.Exec("a", Second, sequence: 1), _story.Exec("b", 2 * Second, sequence: 3))).Verdict);

    [Fact]
    public void Gap_of_another_host_matters_only_to_groups_over_hosts()
    {
        Assert.Equal(Verdict.Certain, VerdictWithGapElsewhere(AWithoutB));
        Assert.Equal(Verdict.Unknown, VerdictWithGapElsewhere(AWithoutB.Replace("host", "User", StringComparison.Ordinal)));
    }

    [Fact]
    public void Condition_that_does_not_hold_over_what_is_known_is_counted_across_a_gap()
    {
        var engine = Engine(AWithoutB);

        Assert.Empty(RunToEnd(engine, _story.Exec("b", 98 * Second, sequence: 1), _story.Exec("a", 100 * Second, sequence: 3)));

        Assert.True(engine.Counters.UnknownVerdicts > 0);
    }

    [Fact]
    public void Numbers_that_a_frame_says_were_lost_are_a_gap_and_filtered_ones_are_not()
    {
        Assert.Equal(Verdict.Certain, VerdictOfFrame([]));
        Assert.Equal(Verdict.Unknown, VerdictOfFrame([new LostRange(new SequenceRange(2, 2), LossCause.Kernel)]));
    }

    [Fact]
    public void Progress_of_all_lanes_lets_a_verdict_be_given_as_soon_as_the_skew_is_over()
    {
        // As an agent does that began with number 1001 in both lanes, and whose bulk lane never had an event.
        const ulong none = 1_000;
        var engine = Engine(AWithoutB);
        HostEvent x = _story.Exec("x", 10 * Second, sequence: none + 1), a = _story.Exec("a", 1_000 * Second, sequence: none + 2);

        Assert.Empty(engine.EvaluateFrame(Told([x], 9, none)));
        Assert.Empty(engine.EvaluateFrame(Told([a], 1_000, none + 1)));
        var report = Assert.Single(engine.EvaluateFrame(Told([], 1_001, none + 2)));

        Assert.Equal((IncidentChange.Opened, Verdict.Certain), (report.Change, report.Verdict));

        Frame Told(HostEvent[] events, ulong untilSeconds, ulong lastHigh) => new()
        {
            Host = Some.Host(),
            Lane = Lane.High,
            Range = events.Length > 0 ? new SequenceRange(events[0].Sequence, events[0].Sequence) : new SequenceRange(none + 3, none + 2),
            BootTimeUnixNs = Some.BootTimeUnixNs,
            Events = events,
            Progress = [new LaneProgress(Lane.High, lastHigh, Some.Seconds(untilSeconds)), new LaneProgress(Lane.Bulk, none, Some.Seconds(untilSeconds))],
        };
    }

    [Theory]
    [InlineData("type: temporal, rules: [inner, b], timespan: 10s, group-by: [host]")]
    [InlineData("type: temporal_ordered, rules: [inner, b], timespan: 10s, group-by: [host]")]
    [InlineData("type: event_count, rules: [inner, b], timespan: 10s, group-by: [host], condition: { gte: 2 }")]
    [InlineData("type: value_count, rules: [inner, b], timespan: 10s, group-by: [host], condition: { field: ProcessId, gte: 2 }")]
    public void Outer_firing_is_certain_if_its_certain_hits_suffice_in_whatever_order_they_come(string outer)
    {
        // The inner rule fires at both a: unknown at the first, whose window a loss touches, and certain at the second.
        HostEvent[] events =
        [
            _story.Exec("x", 93 * Second, sequence: 1), _story.Exec("a", 95 * Second, Process(1), sequence: 3),
            _story.Exec("a", 99 * Second, Process(2), sequence: 4), _story.Exec("b", 100 * Second, Process(3), sequence: 5),
        ];

        foreach (var order in (int[][])[[0, 1, 2, 3], [0, 1, 3, 2], [0, 3, 2, 1], [3, 2, 1, 0]])
        {
            Assert.Equal(Verdict.Certain, OuterVerdict(outer, [.. order.Select(i => events[i])]));
            Assert.Equal(Verdict.Unknown, OuterVerdict(outer, [.. order.Where(i => i != 2).Select(i => events[i])], filtered: 4));
        }
    }

    [Fact]
    public void Outer_firing_that_turns_out_certain_escalates_its_incident_and_is_counted_once()
    {
        var engine = new DetectionEngine(Packs.LoadAll(Packs.Letters + InnerAndOuter(
            "type: temporal, rules: [inner, b], timespan: 10s, group-by: [host]")), FiveSeconds);
        HostEvent certain = _story.Exec("a", 99 * Second, sequence: 4);

        var reports = Run(
            engine, _story.Exec("x", 93 * Second, sequence: 1), _story.Exec("a", 95 * Second, sequence: 3), _story.Exec("b", 100 * Second, sequence: 5),
            _story.Exec("x", 103 * Second, sequence: 6), certain, _story.Exec("x", 300 * Second, sequence: 7));
        reports.AddRange(engine.Complete());

        var outer = reports.Where(report => report.Rule.Title == "outer").ToList();
        Assert.Equal([Verdict.Unknown, Verdict.Certain, Verdict.Certain], outer.Select(report => report.Verdict));
        Assert.Equal([IncidentChange.Opened, IncidentChange.Escalated, IncidentChange.Closed], outer.Select(report => report.Change));
        Assert.Equal(1, outer[^1].Firings);
    }

    [Theory]
    [InlineData(82 * Second, 84 * Second, Verdict.Unknown)]
    [InlineData(76 * Second, 78 * Second, Verdict.Certain)]
    public void Loss_that_may_hide_an_inner_firing_reaches_as_far_back_as_that_firing_looks(long before, long after, Verdict verdict) =>
        Assert.Equal(verdict, OuterVerdict(
            "type: temporal, rules: [inner, b], timespan: 10s, group-by: [host], condition: b and not inner",
            [_story.Exec("x", before, sequence: 1), _story.Exec("x", after, sequence: 3), _story.Exec("b", 100 * Second, sequence: 4)],
            inner: "type: event_count, rules: [a], timespan: 10s, group-by: [host], condition: { gte: 3 }"));

    private static string InnerAndOuter(string outer, string inner = "") => $$"""
        title: inner
        name: inner
        correlation: { {{(inner.Length > 0 ? inner : "type: temporal, rules: [a, c], timespan: 3s, group-by: [host], condition: a and not c")}} }
        ---
        title: outer
        correlation: { {{outer}} }

        """;

    // "filtered": a number that was kept on the host, so that it is no loss.
    private static Verdict OuterVerdict(string outer, HostEvent[] events, ulong filtered = 0, string inner = "")
    {
        var engine = new DetectionEngine(Packs.LoadAll(Packs.Letters + InnerAndOuter(outer, inner)), FiveSeconds);
        var reports = Run(engine, events);
        if (filtered > 0)
        {
            reports.AddRange(engine.EvaluateFrame(Some.Frame([], new SequenceRange(filtered, filtered), lane: events[0].Lane)));
        }

        return Assert.Single(
            reports.Concat(engine.Complete()), report => report is { Change: IncidentChange.Closed, Rule.Title: "outer" }).Verdict;
    }

    [Fact]
    public void Loss_of_a_host_that_fell_silent_counts_where_the_others_make_its_verdict_due()
    {
        var engine = Engine(AWithoutB);
        Run(engine, _story.Exec("x", 98 * Second, sequence: 1), _story.Exec("a", 100 * Second, sequence: 3));

        var reports = Run(
            engine, _story.Exec("x", 9_000 * Second, host: Some.Host("i-8"), sequence: 1), _story.Exec("x", 9_000 * Second, host: Some.Host("i-9"), sequence: 1));

        Assert.Equal(Verdict.Unknown, Assert.Single(reports, report => report.Change == IncidentChange.Opened).Verdict);
    }

    private Verdict VerdictOfFrame(IReadOnlyList<LostRange> lost)
    {
        var engine = Engine(AWithoutB);
        HostEvent[] events = [_story.Exec("x", 95 * Second, sequence: 1), _story.Exec("x", 96 * Second, sequence: 4), _story.Exec("a", 100 * Second, sequence: 5)];
        List<Incident> reports = [.. engine.EvaluateFrame(Some.Frame(events, new SequenceRange(1, 5), lost)), .. engine.Complete()];
        return Assert.Single(reports, report => report.Change == IncidentChange.Closed).Verdict;
    }

    private Verdict VerdictWithGapElsewhere(string rule)
    {
        var other = Some.Host("i-2");
        return Assert.Single(RunToEnd(
            Engine(rule), _story.Exec("x", 98 * Second, host: other, sequence: 1), _story.Exec("x", 99 * Second, host: other, sequence: 3),
            _story.Exec("a", 100 * Second, sequence: 1))).Verdict;
    }
}
