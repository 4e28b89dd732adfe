using Detection.Findings;
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

    [Theory]
    [InlineData("type: temporal, rules: [a, b], timespan: 10s, group-by: [process], condition: a and not b")]
    [InlineData("type: event_count, rules: [a], timespan: 10s, group-by: [process], condition: { gte: 1 }")]
    public void What_was_pushed_out_takes_no_memory_while_the_watermark_stands_still(string rule)
    {
        var pack = Packs.LoadAll($"{Packs.Letters}title: Under test\ncorrelation: {{ {rule} }}");
        var engine = new DetectionEngine(pack, new DetectionLimits { GroupsPerRule = 10, HitsPerRule = 10, IncidentGroupsPerRule = 10 });
        var before = MemoryAfter(engine, 0, 1_000);

        Assert.InRange(MemoryAfter(engine, 1_000, 30_000) - before, long.MinValue, 2_000_000);
        GC.KeepAlive(engine);
    }

    private long MemoryAfter(DetectionEngine engine, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            engine.Evaluate(_story.Exec("a", Second + i, Process((uint)i + 1)));
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
