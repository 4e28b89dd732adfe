using Wire.Model;

namespace Detection.Tests.Correlation;

public sealed class EngineAllocationTests
{
    [Fact]
    public void An_event_that_no_rule_matches_allocates_nothing()
    {
        var story = new Story();
        var engine = Story.Engine("type: temporal, rules: [a, b], group-by: [process], timespan: 10s");
        HostEvent[] events = [.. Enumerable.Range(1, 4_000).Select(i => story.Exec("x", i * Story.Second / 10))];

        // The first ones compile the code.
        var half = events.Length / 2;
        Evaluate(engine, events.AsSpan(..half));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Evaluate(engine, events.AsSpan(half..));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(events.Length, engine.Counters.Events);
    }

    private static void Evaluate(DetectionEngine engine, ReadOnlySpan<HostEvent> events)
    {
        foreach (var e in events)
        {
            engine.Evaluate(e);
        }
    }
}
