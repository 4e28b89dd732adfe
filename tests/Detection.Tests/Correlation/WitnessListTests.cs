using Detection.Correlation;
using Detection.Findings;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

/// <summary>Witnesses of a firing: in event order, each event once.</summary>
public sealed class WitnessListTests
{
    private readonly Story _story = new();

    [Fact]
    public void Witnesses_in_order_stay_so()
    {
        var (first, second) = (Witness("a", 1), Witness("b", 2));

        Assert.Equal([first, second], InOrder(first, second));
    }

    [Fact]
    public void Witnesses_of_one_event_are_one_and_the_first_of_them_counts()
    {
        var (first, second) = (Witness("a", 1), Witness("b", 2));

        Assert.Equal([first, second], InOrder(first, first with { RuleTitle = "again" }, second));
        Assert.Equal([first, second], InOrder(second, first, second with { RuleTitle = "again" }));
    }

    [Fact]
    public void Firings_share_the_witnesses_of_a_window()
    {
        var engine = Engine("type: event_count, rules: [a], timespan: 1h, group-by: [host], condition: { gte: 2 }");
        List<IReadOnlyList<Witness>> shown = [];
        engine.Observer = firing => shown.Add(firing.Witnesses);

        Run(engine, [.. Enumerable.Range(1, 4).Select(i => _story.Exec("a", (100 + i) * Second))]);

        Assert.Equal([2, 3, 4], shown.Select(witnesses => witnesses.Count));
        Assert.Same(shown[0][0], shown[2][0]);
    }

    private Witness Witness(string letter, int second) => new(letter, _story.Exec(letter, (100 + second) * Second));

    private static IReadOnlyList<Witness> InOrder(params Witness[] witnesses)
    {
        var list = new WitnessList(0);
        foreach (var witness in witnesses)
        {
            list.Add(witness);
        }

        return list.InOrder();
    }
}
