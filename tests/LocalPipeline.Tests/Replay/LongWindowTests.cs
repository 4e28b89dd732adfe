using System.Text;
using System.Text.Json;
using Detection.Rules;
using LocalPipeline.Replay;
using LocalPipeline.Rules;
using LocalPipeline.Tests.Rules;

namespace LocalPipeline.Tests.Replay;

/// <summary>Groups with more events in one window than the function would remember.</summary>
public sealed class LongWindowTests
{
    private const int Events = 1500;

    [Fact]
    public void A_sum_is_over_all_events_of_the_window()
    {
        var rules = Correlation("value_sum", "condition: { field: Size, gte: 1200 }", ["part"]) + Part("part", "/a");

        var lines = LinesOf(Run(rules, everyFiring: true, Enumerable.Repeat(Event("/a"), Events)));

        Assert.Equal(Enumerable.Range(1200, 301), lines);
    }

    [Fact]
    public void A_count_below_a_bound_ends_where_the_bound_is_reached()
    {
        var rules = Correlation("event_count", "condition: { lt: 1200 }", ["part"]) + Part("part", "/a");

        var lines = LinesOf(Run(rules, everyFiring: true, Enumerable.Repeat(Event("/a"), Events)));

        Assert.Equal(Enumerable.Range(1, 1199), lines);
    }

    [Fact]
    public void What_must_not_occur_is_found_however_long_ago_it_was()
    {
        var rules = Correlation("temporal", "condition: rc and ra and not rb", ["ra", "rb", "rc"]) + Part("ra", "/a") + Part("rb", "/b") + Part("rc", "/c");
        string[] events = [.. Enumerable.Repeat(Event("/a"), Events), Event("/c")];

        Assert.Equal([Events + 1], LinesOf(Run(rules, everyFiring: true, events)));
        Assert.Empty(Run(rules, everyFiring: true, events.Prepend(Event("/b"))));
    }

    [Fact]
    public void Every_firing_names_all_its_witnesses()
    {
        var rules = Correlation("event_count", "condition: { gte: 1200 }", ["part"]) + Part("part", "/a");

        var matches = Run(rules, everyFiring: true, Enumerable.Repeat(Event("/a"), Events));

        Assert.Equal(Enumerable.Range(1200, 301), LinesOf(matches));
        Assert.All(matches, match => Assert.Equal(Enumerable.Range(1, match.Line), match.Lines));
    }

    [Fact]
    public void An_incident_is_written_with_its_first_firing()
    {
        var rules = Correlation("event_count", "condition: { gte: 1200 }", ["part"]) + Part("part", "/a");

        var match = Assert.Single(Run(rules, everyFiring: false, Enumerable.Repeat(Event("/a"), Events)));

        Assert.Equal(1200, match.Line);
        Assert.Equal(Enumerable.Range(1, 1200), match.Lines);
    }

    [Fact]
    public void A_firing_that_is_decided_late_may_be_the_first_of_an_incident_that_is_open()
    {
        var rules = Correlation("event_count", "condition: { gte: 1 }", ["few", "rb"])
            + Correlation("event_count", "condition: { lt: 5 }", ["ra"], "few") + Part("ra", "/a") + Part("rb", "/b");

        var match = Assert.Single(Run(rules, everyFiring: false, [Event("/a"), Event("/b")]));

        Assert.Equal(1, match.Line);
        Assert.Equal([1], match.Lines);
    }

    private static string Correlation(string type, string condition, string[] rules, string name = "all") => $$"""
        title: {{name}}
        name: {{name}}
        correlation: { type: {{type}}, rules: [{{string.Join(", ", rules)}}], group-by: [host], timespan: 1d, {{condition}} }
        ---

        """;

    private static string Part(string name, string image) => SampleRules.Single(name, "Image: " + image, rest: "name: " + name) + "---\n";

    private static string Event(string image) =>
        $$"""{"host":"h","category":"process_creation","product":"linux","Image":"{{image}}","Size":1}""";

    private static IEnumerable<int> LinesOf((int Line, int[] Lines)[] matches) => matches.Select(match => match.Line);

    private static (int Line, int[] Lines)[] Run(string rules, bool everyFiring, IEnumerable<string> events)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', events)));
        var set = RuleSet.Of([new RuleSource("r.yml", rules.TrimEnd('-', '\n'))]);
        Assert.Empty(set.Pack.Refused);
        new FieldReplay(set, everyFiring, messages).Run(input, "log.jsonl", output);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Match)];
    }

    private static (int Line, int[] Lines) Match(string json)
    {
        using var match = JsonDocument.Parse(json);
        return (match.RootElement.GetProperty("line").GetInt32(),
            [.. match.RootElement.GetProperty("lines").EnumerateArray().Select(line => line.GetInt32())]);
    }
}
