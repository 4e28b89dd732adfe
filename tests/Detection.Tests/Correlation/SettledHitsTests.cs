using Detection.Correlation;
using Support;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

/// <summary>What no verdict can ask for any more is forgotten, and nothing else.</summary>
public sealed class SettledHitsTests
{
    private const int Many = 1_000;
    private readonly Story _story = new();

    [Theory]
    [InlineData("type: temporal_ordered, rules: [a, b], timespan: 1h, group-by: [process]", 4)]
    [InlineData("type: temporal_ordered, rules: [a, b], timespan: 1h, group-by: [process], condition: b and not a", 4)]
    [InlineData("type: temporal_ordered, rules: [a, b], timespan: 1h, group-by: [lineage-or-session]", 4)]
    [InlineData("type: temporal, rules: [a, b, c], timespan: 1h, group-by: [process]", 40)]
    [InlineData("type: temporal, rules: [a, b], timespan: 1h, group-by: [process], condition: b and not a", 40)]
    public void Settled_occurrences_but_the_latest_are_forgotten_though_their_timespan_lasts(string correlation, int most)
    {
        var few = Remembered(correlation, most);

        Assert.InRange(Remembered(correlation, Many), 1, few + (few / 4));
    }

    [Fact]
    public void Occurrences_of_longer_chains_stay_for_an_older_one_may_be_the_latest_before_one_that_is_not()
    {
        const string chain = "type: temporal_ordered, rules: [a, b, c], timespan: 1h, group-by: [process]";
        Assert.True(Remembered(chain, Many) > 5 * Remembered(chain, 40));
    }

    [Fact]
    public void Of_each_role_the_latest_settled_occurrence_stays_and_all_that_are_not_settled()
    {
        var list = new HitList(new DetectionCounters());
        for (var i = 1; i <= 100; i++)
        {
            // Role 1 at 10 and 20 only, role 0 at all of them up to 90, role 2 nowhere.
            list.Put(HitAt(i, i is 10 or 20 ? 0b11ul : 0b01), out _, out _);
        }

        Assert.Equal(88, list.RemoveSettled(new SettledHits(int.MaxValue, OfEachRole: true), Some.BootTimeUnixNs + (91 * Second)));
        Assert.Equal([20, 90, .. Enumerable.Range(91, 10)], Enumerable.Range(0, list.Count).Select(i => (int)((list[i].Event.TimeNs - Some.BootTimeUnixNs) / Second)));
    }

    private Hit HitAt(int seconds, ulong roles) => new()
    {
        Event = _story.Exec("a", seconds * Second), Record = 0, Role = 0, Scope = new GroupScope("", []), Roles = roles,
    };

    // What a host's item takes after so many occurrences of the first rule.
    private static int Remembered(string correlation, int occurrences)
    {
        var story = new Story();
        var engine = Engine(correlation, new DetectionLimits { LatenessNs = Second });
        Run(engine, [.. Enumerable.Range(1, occurrences).Select(i => story.Exec("a", (100 + i) * Second))]);
        return engine.EncodeHost(Some.Host().HostId).Length;
    }
}
