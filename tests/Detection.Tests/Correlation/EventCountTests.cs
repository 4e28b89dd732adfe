using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

public sealed class EventCountTests
{
    private const string ThreeA = "type: event_count, rules: [a], timespan: 10s, group-by: [host], condition: { gte: 3 }";

    private readonly Story _story = new();

    [Theory]
    [InlineData(10 * Second, true)]
    [InlineData((10 * Second) + 1, false)]
    public void Window_is_closed_at_exactly_the_timespan(long apart, bool fires) =>
        Assert.Equal(
            fires,
            Run(Engine(ThreeA), _story.Exec("a", 0), _story.Exec("a", Second), _story.Exec("a", apart)).Count == 1);

    [Fact]
    public void Witnesses_are_the_latest_events_that_suffice()
    {
        var events = Enumerable.Range(1, 3).Select(i => _story.Exec("a", i * Second)).ToArray();

        var incident = Assert.Single(Run(Engine(ThreeA), events));

        Assert.Equal(events, incident.Witnesses.Select(witness => witness.Event));
        Assert.False(incident.Late);
    }

    [Fact]
    public void Every_further_event_fires_in_the_same_incident()
    {
        var engine = Engine(ThreeA);

        Assert.Single(Run(engine, [.. Enumerable.Range(1, 9).Select(i => _story.Exec("a", i * Second))]));
        Assert.Equal(7, engine.Counters.Firings);
    }

    [Fact]
    public void Event_that_matches_two_rules_counts_once()
    {
        const string either = "type: event_count, rules: [a, b], timespan: 10s, condition: { gt: 2 }";

        Assert.Empty(Run(Engine(either), _story.Exec("ab", Second), _story.Exec("ab", 2 * Second)));
        Assert.Single(Run(Engine(either), _story.Exec("ab", Second), _story.Exec("b", 2 * Second), _story.Exec("a", 3 * Second)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void One_event_of_a_flood_counts_for_all_it_stands_for(uint repeated, bool fires) =>
        Assert.Equal(fires, Run(Engine(ThreeA), _story.Exec("a", Second, repeated: repeated)).Count == 1);

    [Fact]
    public void Duplicates_do_not_count()
    {
        var a = _story.Exec("a", Second);

        Assert.Empty(Run(Engine(ThreeA), a, a, a, a));
    }

    [Fact]
    public void Groups_count_apart() =>
        Assert.Empty(Run(
            Engine(ThreeA),
            [.. Enumerable.Range(1, 4).Select(i => _story.Exec("a", i * Second, host: Some.Host(i % 2 == 0 ? "i-1" : "i-2")))]));

    [Fact]
    public void Late_event_completes_a_count_that_ends_at_a_later_one()
    {
        var early = _story.Exec("a", Second);
        var late = _story.Exec("a", 2 * Second);
        var last = _story.Exec("a", 3 * Second);

        var incident = Assert.Single(Run(Engine(ThreeA), early, last, late));

        Assert.True(incident.Late);
        Assert.Equal([early, late, last], incident.Witnesses.Select(witness => witness.Event));
    }

    [Fact]
    public void Container_and_session_are_groups()
    {
        Assert.Single(Run(Engine(ThreeA.Replace("host", "session", StringComparison.Ordinal)), [.. Enumerable.Range(1, 3).Select(i => _story.Exec("a", i * Second))]));
        var engine = Engine(ThreeA.Replace("host", "container", StringComparison.Ordinal));
        Assert.Empty(Run(engine, [.. Enumerable.Range(1, 3).Select(i => _story.Exec("a", i * Second))]));
        Assert.Equal(3, engine.Counters.MissingGroupFields);
    }
}
