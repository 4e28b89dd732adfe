using Wire.Model;
using Xunit.Abstractions;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

/// <summary>A late event is followed by many that are to be looked at again: together, not each from scratch.</summary>
public sealed class LateCostTests(ITestOutputHelper output)
{
    private const string Values = "type: value_count, rules: [a], timespan: 10s, group-by: [host], condition: { field: ProcessId, gte: 2000 }";
    private const string Both = "type: temporal, rules: [a, b], timespan: 10s, group-by: [host]";
    private const string Ordered = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]";
    private const string ThreeOrdered = "type: temporal_ordered, rules: [a, b, c], timespan: 10s, group-by: [host]";
    private const string Lineage = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [lineage]";
    private const string LineageOrSession = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [lineage-or-session]";
    private const int Many = 1_000;
    private const int Generations = 200;

    private readonly Story _story = new();

    public static TheoryData<string> Monotone => [
        Values.Replace("2000", "3", StringComparison.Ordinal), Both, Ordered, ThreeOrdered, Lineage, LineageOrSession,
        Lineage.Replace("[a, b]", "[a, b, c]", StringComparison.Ordinal),
        "type: temporal, rules: [a, b, c], timespan: 10s, group-by: [host], condition: a and (b or c)",
        "type: temporal_ordered, rules: [a, b, c], timespan: 10s, group-by: [host], condition: (a or b) and c"];

    [Theory]
    [MemberData(nameof(Monotone))]
    public void Crowded_windows_fire_at_the_same_events_in_whatever_order_they_come(string correlation)
    {
        var random = new Random(7);
        ProcessNode[] tree = [Process(10), Process(11, Process(10)), Process(12, Process(11, Process(10))), Process(13, Process(10))];
        HostEvent[] events = [.. Enumerable.Range(0, 400).Select(i => _story.Exec(
            random.Next(12) switch { 0 => "a", 1 => "b", 2 => "c", 3 => "ab", _ => "x" },
            (100 * Second) + (random.Next(300) * Second), tree[random.Next(tree.Length)], sequence: (ulong)i + 1))];
        var inOrder = Fired(correlation, [.. events.OrderBy(e => e.TimeNs).ThenBy(e => e.Sequence)]);

        Assert.NotEmpty(inOrder);
        for (var round = 0; round < 20; round++)
        {
            random.Shuffle(events);
            Assert.Equal(inOrder, Fired(correlation, events));
        }
    }

    [Fact]
    public void Late_value_costs_little_more_than_one_in_order()
    {
        // With room for them all: one that is too old to be held costs nothing.
        var engine = Engine(Values, new DetectionLimits { HitsPerGroup = 4 * Many });
        Follow(engine, "a", i => Process(i + 1));

        var inOrder = LooksAt(engine, _story.Exec("a", 102 * Second, Process(20_000)));
        var late = LooksAt(engine, _story.Exec("a", 100 * Second, Process(30_000)));

        // Both look at their window; after the late one each of the others is entered, left and asked. Each window anew would be a
        // thousand times as much.
        Assert.InRange(inOrder, Many, 2 * Many);
        Assert.InRange(late, Many, 20 * Many);
    }

    [Fact]
    public void Ends_that_fired_build_no_chain_again()
    {
        var engine = Engine(Ordered);
        Follow(engine, "b", i => Process(i + 1));
        engine.Evaluate(_story.Exec("a", 99 * Second));
        Assert.Equal(Many, engine.Counters.Firings);

        Assert.InRange(BytesOfLate(engine, "a", Process(4242)), 0, 8_000);
    }

    [Fact]
    public void Middle_without_a_beginning_builds_no_chain()
    {
        var engine = Engine(ThreeOrdered);
        Follow(engine, "c", i => Process(i + 1));

        Assert.InRange(BytesOfLate(engine, "b", Process(4242)), 0, 8_000);
        Assert.Equal(0, engine.Counters.Firings);
    }

    [Theory]
    [InlineData(Lineage)]
    [InlineData(LineageOrSession)]
    public void Strangers_paths_are_not_searched(string correlation)
    {
        var engine = Engine(correlation);
        var parent = Line();
        Follow(engine, "b", i => Process(i + 1_000, parent), Some(session: 4));

        Assert.InRange(BytesOfLate(engine, "a", Process(9_000)), 0, 200_000);
        Assert.Equal(0, engine.Counters.Firings);
    }

    [Fact]
    public void Descendants_that_fired_for_a_process_are_not_searched_for_it_again()
    {
        var engine = Engine(Lineage);
        var parent = Line();
        Follow(engine, "b", i => Process(i + 1_000, parent));
        engine.Evaluate(_story.Exec("a", 99 * Second, parent));
        Assert.Equal(Many, engine.Counters.Firings);

        Assert.InRange(BytesOfLate(engine, "a", parent), 0, 200_000);
    }

    private static Credentials Some(uint session) => Support.Some.Credentials(auditSession: session);

    private static ProcessNode Line() =>
        Enumerable.Range(0, Generations).Aggregate(Process(10), (parent, i) => Process((uint)i + 11, parent));

    private static List<string> Fired(string correlation, HostEvent[] events)
    {
        var engine = Engine(correlation);
        List<string> fired = [];
        engine.Observer = firing => fired.Add($"{firing.Event.Sequence} {string.Join(' ', firing.Group)}");
        Run(engine, events);
        return [.. fired.Order()];
    }

    private void Follow(DetectionEngine engine, string letter, Func<uint, ProcessNode> process, Credentials? credentials = null)
    {
        for (var i = 0; i < Many; i++)
        {
            engine.Evaluate(_story.Exec(letter, (101 * Second) + i, process((uint)i), credentials: credentials));
        }
    }

    private long BytesOfLate(DetectionEngine engine, string letter, ProcessNode process)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var e = _story.Exec(letter, (100 * Second) + i, process);
            var before = GC.GetAllocatedBytesForCurrentThread();
            engine.Evaluate(e);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine($"{least} bytes");
        return least;
    }

    private long LooksAt(DetectionEngine engine, HostEvent e)
    {
        var before = engine.Counters.HitsLookedAt;
        engine.Evaluate(e);
        var looks = engine.Counters.HitsLookedAt - before;
        output.WriteLine($"{looks} hits");
        return looks;
    }
}
