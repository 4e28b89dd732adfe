using Detection.Findings;
using Detection.Rules;
using Detection.State;
using Detection.Tests.Correlation;
using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Items;

/// <summary>What a correlation over several hosts has in its own item, wherever the hosts are.</summary>
public sealed class SharedItemTests
{
    private const string AWithoutB = "type: temporal, rules: [a, b], timespan: 10s, condition: a and not b";
    private const string Rule = "Under test";

    private static readonly HostIdentity One = Some.Host("i-1");
    private static readonly HostIdentity Two = Some.Host("i-2");
    private static readonly HostIdentity Three = Some.Host("i-3");

    private readonly Story _story = new();

    [Fact]
    public void Those_that_refer_to_others_come_first()
    {
        var engine = new DetectionEngine(Packs.LoadAll(Packs.Letters + """
            title: inner
            name: inner
            correlation: { type: event_count, rules: [a], timespan: 5s, group-by: [User], condition: { gte: 2 } }
            ---
            title: within
            name: within
            correlation: { type: event_count, rules: [b], timespan: 5s, group-by: [process], condition: { gte: 2 } }
            ---
            title: outer
            correlation: { type: temporal, rules: [within, inner, c], timespan: 5s, group-by: [User] }
            """));

        Assert.Equal(["outer", "inner"], engine.SharedRules);
        Assert.Throws<ArgumentException>(() => engine.SharedChange("within"));
    }

    [Fact]
    public void Loss_of_a_host_that_is_not_loaded_counts()
    {
        var pack = Pack(AWithoutB);
        var first = new DetectionEngine(pack);
        _ = first.EvaluateFrame(Frames.Of(
            [_story.Exec("x", 98 * Second, host: One, sequence: 1), _story.Exec("x", 99 * Second, host: One, sequence: 3)], 1, 3,
            lost: [new LostRange(new SequenceRange(2, 2), LossCause.Kernel)])).ToList();
        Assert.Equal(StateChange.Memory, first.SharedChange(Rule));

        var second = Load(pack, first);
        _ = second.EvaluateFrame(Frames.Of([_story.Exec("a", 100 * Second, host: Two, sequence: 1)], 1, 1)).ToList();

        Assert.Equal(Verdict.Unknown, Assert.Single(second.Complete(), report => report.Change == IncidentChange.Opened).Verdict);
    }

    [Fact]
    public void Host_that_loses_nothing_and_matches_nothing_changes_nothing()
    {
        var engine = new DetectionEngine(Pack(AWithoutB));
        engine.MarkSharedSaved(Rule);
        _ = engine.EvaluateFrame(Frames.Of([_story.Exec("x", 98 * Second, host: One, sequence: 1)], 1, 1)).ToList();

        Assert.Equal(StateChange.Progress, engine.SharedChange(Rule));
    }

    [Fact]
    public void Verdict_waits_for_a_host_that_is_not_loaded_and_still_owes_a_firing()
    {
        var pack = Packs.LoadAll(Packs.Letters + """
            title: inner
            name: inner
            correlation: { type: temporal, rules: [a, b], timespan: 5s, group-by: [host], condition: a and not b }
            ---
            title: outer
            correlation: { type: temporal, rules: [c, inner], timespan: 60s, condition: c and not inner }
            """);
        var first = new DetectionEngine(pack);
        Run(first, _story.Exec("a", 100 * Second, host: One, sequence: 1));

        var second = Load(pack, first, "outer");
        var early = Run(second, _story.Exec("c", 105 * Second, host: Two, sequence: 1), _story.Exec("x", 9_000 * Second, host: Two, sequence: 2),
            _story.Exec("x", 9_000 * Second, host: Three, sequence: 1));
        Assert.True(second.TryLoadHost(One.HostId, first.EncodeHost(One.HostId), out var fault), fault);
        List<Incident> late = [.. second.AdvanceHost(One.HostId, Some.BootTimeUnixNs + (7_000 * Second)), .. second.Complete()];

        Assert.DoesNotContain(early.Concat(late), report => report.Rule.Title == "outer");
        Assert.Equal(0, second.Counters.ForgottenOccurrences);
    }

    [Fact]
    public void Occurrence_that_comes_again_when_it_was_forgotten_is_not_taken_twice()
    {
        var pack = Pack("type: event_count, rules: [a], timespan: 10s, condition: { gte: 1 }");
        var first = new DetectionEngine(pack);
        var a = _story.Exec("a", 100 * Second, host: One, sequence: 1);
        Assert.Single(Run(first, a));
        var second = Load(pack, first);
        Run(second, _story.Exec("x", 9_000 * Second, host: Two, sequence: 1), _story.Exec("x", 9_000 * Second, host: Three, sequence: 1));

        // The host was not written, so its batch comes again.
        var third = Load(pack, second);

        Assert.Empty(Run(third, a));
        Assert.Equal(1, third.Counters.ForgottenOccurrences);
    }

    [Fact]
    public void Occurrence_that_comes_again_while_it_is_remembered_changes_nothing()
    {
        var pack = Pack("type: event_count, rules: [a], timespan: 10s, condition: { gte: 2 }");
        var first = new DetectionEngine(pack);
        var a = _story.Exec("a", 100 * Second, host: One, sequence: 1);
        Run(first, a);

        var second = Load(pack, first);

        Assert.Empty(Run(second, a));
        Assert.NotEqual(StateChange.Memory, second.SharedChange(Rule));
        Assert.Single(Run(second, _story.Exec("a", 101 * Second, host: Two, sequence: 1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Correlation_that_waits_again_for_one_that_was_not_written_takes_no_firing_twice(bool isWrittenMeanwhile)
    {
        var pack = OuterOfInner();
        var first = new DetectionEngine(pack);
        Run(first, _story.Exec("a", 100 * Second, host: One, sequence: 1));
        var inner = first.EncodeShared("inner");
        HostEvent[] later = [_story.Exec("x", 9_000 * Second, host: Two, sequence: 1), _story.Exec("x", 9_000 * Second, host: Three, sequence: 1)];
        Assert.Single(Run(first, later), report => report.Change == IncidentChange.Opened);

        // It stands behind the outer one, and both hear of something that does not bring it so far again.
        var second = Load(pack, first, "outer");
        Assert.True(second.TryLoadShared("inner", inner, out var fault), fault);
        Run(second, _story.Exec("x", 101 * Second, host: One, sequence: 2));
        if (isWrittenMeanwhile)
        {
            Assert.True(second.TryLoadShared("outer", second.EncodeShared("outer"), out fault), fault);
        }

        Assert.Empty(Run(second, later));
        Assert.NotEqual(0, second.Counters.ForgottenOccurrences);
    }

    [Fact]
    public void Correlation_that_waits_again_for_a_host_that_was_not_written_takes_no_firing_twice()
    {
        var pack = OuterOfInner("group-by: [host], ");
        var first = new DetectionEngine(pack);
        Run(first, _story.Exec("a", 100 * Second, host: One, sequence: 1));
        var host = first.EncodeHost(One.HostId);
        HostEvent[] later = [_story.Exec("x", 9_000 * Second, host: One, sequence: 2), _story.Exec("x", 9_000 * Second, host: Two, sequence: 1)];
        Assert.Single(Run(first, later), report => report.Change == IncidentChange.Opened);

        var second = Load(pack, first, "outer");
        Assert.True(second.TryLoadHost(One.HostId, host, out var fault), fault);
        Run(second, _story.Exec("x", 101 * Second, host: One, sequence: 3));

        Assert.Empty(Run(second, later));
        Assert.NotEqual(0, second.Counters.ForgottenOccurrences);
    }

    [Fact]
    public void Host_that_is_heard_of_within_the_bound_brings_no_firing_back_that_was_forgotten()
    {
        var pack = OuterOfInner();
        var first = new DetectionEngine(pack);
        Run(first, _story.Exec("a", 100 * Second, host: One, sequence: 1));
        var inner = first.EncodeShared("inner");
        var later = _story.Exec("x", 1_620 * Second, host: One, sequence: 2);
        Assert.Single(Run(first, later), report => report.Change == IncidentChange.Opened);

        // With a second host time goes back for both, by less than would make what it tells late.
        var second = Load(pack, first, "outer");
        Assert.True(second.TryLoadShared("inner", inner, out var fault), fault);
        Run(second, _story.Exec("x", 1_100 * Second, host: Two, sequence: 1), later);

        Assert.Empty(Run(second, _story.Exec("x", 1_700 * Second, host: Two, sequence: 2)));
        Assert.NotEqual(0, second.Counters.ForgottenOccurrences);
    }

    [Fact]
    public void Rule_that_is_new_to_a_host_is_uncertain_of_what_came_before()
    {
        var first = new DetectionEngine(Pack("type: event_count, rules: [a], timespan: 10s, condition: { gte: 9 }"));
        Run(first, _story.Exec("b", 99 * Second, host: One, sequence: 1));
        var second = new DetectionEngine(Pack(AWithoutB));
        Assert.True(second.TryLoadHost(One.HostId, first.EncodeHost(One.HostId), out var fault), fault);

        Assert.Equal(Verdict.Unknown, Assert.Single(RunToEnd(second, _story.Exec("a", 100 * Second, host: One, sequence: 2))).Verdict);
    }

    [Fact]
    public void Cached_correlation_is_stale_until_it_was_loaded_and_when_time_has_passed()
    {
        var engine = new DetectionEngine(Pack(AWithoutB));
        Frame At(int second) => Frames.Of([_story.Exec("x", second * Second, host: One, sequence: (ulong)second)], (ulong)second, (ulong)second);
        Assert.True(engine.SharedIsStale(Rule, At(100)));

        engine.MarkSharedSaved(Rule);
        Assert.False(engine.SharedIsStale(Rule, At(100)));
        _ = engine.EvaluateFrame(At(100)).ToList();

        Assert.False(engine.SharedIsStale(Rule, At(400)));
        Assert.True(engine.SharedIsStale(Rule, At(401)));
        Assert.False(Load(Pack(AWithoutB), engine).SharedIsStale(Rule, At(900)));
    }

    [Fact]
    public void What_was_loaded_to_move_a_silent_host_on_is_stale_like_what_a_frame_was_evaluated_with()
    {
        var pack = Pack(AWithoutB);
        Frame At(int second, ulong number) => Frames.Of([_story.Exec("x", second * Second, host: One, sequence: number)], number, number);
        var first = new DetectionEngine(pack);
        _ = first.EvaluateFrame(At(100, 1)).ToList();
        var second = Load(pack, first);
        Assert.True(second.TryLoadHost(One.HostId, first.EncodeHost(One.HostId), out var fault), fault);

        Assert.False(second.HostIsStale(At(401, 2)) || second.SharedIsStale(Rule, At(401, 2)));
        second.AdvanceHost(One.HostId, Some.BootTimeUnixNs);

        Assert.False(second.HostIsStale(At(400, 2)) || second.SharedIsStale(Rule, At(400, 2)));
        Assert.True(second.HostIsStale(At(400, 3)));
        Assert.True(second.HostIsStale(At(401, 2)) && second.SharedIsStale(Rule, At(401, 2)));
    }

    [Fact]
    public void Item_of_a_host_is_none_of_a_correlation()
    {
        var engine = new DetectionEngine(Pack(AWithoutB));
        Run(engine, _story.Exec("a", 100 * Second, host: One, sequence: 1));

        Assert.False(engine.TryLoadShared(Rule, engine.EncodeHost(One.HostId), out var fault));
        Assert.Contains("Host", fault, StringComparison.Ordinal);
    }

    private static DetectionEngine Load(Detection.Rules.RulePack pack, DetectionEngine from, string rule = Rule)
    {
        var engine = new DetectionEngine(pack);
        Assert.True(engine.TryLoadShared(rule, from.EncodeShared(rule), out var fault), fault);
        return engine;
    }

    // The outer one over hosts; the inner one too, unless it is grouped by host.
    private static RulePack OuterOfInner(string innerGroup = "") => Packs.LoadAll(Packs.Letters + $$"""
        title: inner
        name: inner
        correlation: { type: temporal, rules: [a, b], timespan: 5s, {{innerGroup}}condition: a and not b }
        ---
        title: outer
        correlation: { type: event_count, rules: [inner], timespan: 5s, condition: { gte: 1 } }
        """);
}
