using System.Runtime.CompilerServices;
using Detection.Correlation;
using Detection.Findings;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

/// <summary>What a bound pushes out is counted, marks verdicts, and hurts nobody else.</summary>
public sealed class QuotaTests
{
    private const string QuietRule = "type: temporal_ordered, rules: [b, c], timespan: 1h, group-by: [host]";
    private const string NoisyRule = "type: temporal_ordered, rules: [a, b], timespan: 1h, group-by: [process]";

    private readonly Story _story = new();

    [Fact]
    public void Noisy_rule_does_not_push_out_what_another_remembers()
    {
        var pack = Packs.LoadAll($"{Packs.Letters}title: Quiet\ncorrelation: {{ {QuietRule} }}\n---\ntitle: Noisy\ncorrelation: {{ {NoisyRule} }}");
        var engine = new DetectionEngine(pack, new DetectionLimits { GroupsPerRule = 3, HitsPerRule = 3 });

        Run(engine, _story.Exec("b", Second));
        Run(engine, [.. Enumerable.Range(1, 100).Select(i => _story.Exec("a", Second + i, Process((uint)i)))]);

        Assert.InRange(engine.Counters.EvictedHits, 97, 98);
        Assert.Equal("Quiet", Assert.Single(RunToEnd(engine, _story.Exec("c", 2 * Second))).Rule.Title);
    }

    [Fact]
    public void Verdict_over_a_group_that_lost_events_to_a_bound_is_unknown()
    {
        var engine = Engine(
            "type: value_sum, rules: [a], timespan: 10s, group-by: [host], condition: { field: Uid, gte: 1 }",
            new DetectionLimits { HitsPerGroup = 2, LatenessNs = 60 * Second });
        var firings = new List<Firing>();
        engine.Observer = firings.Add;

        RunToEnd(engine, [.. Enumerable.Range(1, 4).Select(i => _story.Exec("a", i * Second))]);

        Assert.True(engine.Counters.EvictedHits > 0);
        Assert.Equal(Verdict.Unknown, firings[^1].Verdict);
    }

    [Theory]
    [InlineData("type: value_count, rules: [a], timespan: 10s, group-by: [host], condition: { field: ProcessId, gte: 3 }")]
    [InlineData("type: value_avg, rules: [a], timespan: 10s, group-by: [host], condition: { field: Uid, gte: 1 }")]
    [InlineData("type: temporal, rules: [a, b], timespan: 10s, group-by: [host]")]
    public void Late_event_that_a_full_group_cannot_hold_is_counted_and_harms_nothing(string rule)
    {
        var engine = Engine(rule, new DetectionLimits { HitsPerGroup = 20 });
        Run(engine, [.. Enumerable.Range(1, 20).Select(i => _story.Exec("a", Second + i))]);

        Run(engine, _story.Exec("a", Second));
        Run(engine, _story.Exec("x", 2 * Second));

        Assert.True(engine.Counters.EvictedHits > 0);
        Assert.Equal(1, engine.Counters.UnknownVerdicts);
    }

    [Fact]
    public void Event_that_was_pushed_out_takes_no_memory_while_its_verdict_would_have_to_wait()
    {
        const string rule = "type: temporal, rules: [a, b], timespan: 10s, group-by: [process], condition: a and not b";
        var pack = Packs.LoadAll($"{Packs.Letters}title: Under test\ncorrelation: {{ {rule} }}");
        var engine = new DetectionEngine(pack, new DetectionLimits { GroupsPerRule = 10 });
        var events = Enumerable.Range(1, 2_000).Select(i => Evaluated(engine, i)).ToList();

        GC.Collect();

        Assert.InRange(events.Count(e => e.TryGetTarget(out _)), 10, 300);
        GC.KeepAlive(engine);
    }

    [Fact]
    public void Incident_that_was_pushed_out_takes_no_memory_until_it_would_have_ended()
    {
        var rule = new RuleInfo { Id = "r", Title = "R", SemanticHash = "" };
        var context = new EvaluationContext(new DetectionLimits { IncidentGroupsPerRule = 10 }, new DetectionCounters());
        var log = new IncidentLog(rule, [], Second, new Partition(context, 0, 1, (_, _, _) => false));
        var keys = Enumerable.Range(1, 2_000).Select(i => Fired(log, i)).ToList();

        context.TakeChanges();
        GC.Collect();

        Assert.InRange(keys.Count(key => key.TryGetTarget(out _)), 10, 300);
        GC.KeepAlive(log);
    }

    // Methods of their own: what they hold is gone when they return.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<HostEvent> Evaluated(DetectionEngine engine, int i)
    {
        var e = _story.Exec("a", Second + i, Process((uint)i));
        engine.Evaluate(e);
        return new WeakReference<HostEvent>(e);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<string> Fired(IncidentLog log, int i)
    {
        var e = _story.Exec("a", Second + i);
        var key = $"group {i}";
        log.Fire(new GroupScope(key, []), e, Verdict.Certain, false, () => [new Witness("A", e)]);
        return new WeakReference<string>(key);
    }
}
