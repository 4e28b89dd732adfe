namespace Detection.Tests.Rules;

public sealed class SeveralFaultsTests
{
    [Fact]
    public void Every_faulty_item_search_condition_and_key_of_a_rule_is_told_with_its_place()
    {
        const string Rule = """
            title: T
            level: urgent
            logsource: { product: linux }
            detection:
              a:
                Image|nonsense: x
                CommandLine|re: ['(', 'fine', '[']
                User: fine
              b: {}
              c: { Image: fine }
              condition: [a and d, c, b and and c]
            tags: { no: list }
            """;

        AssertTold(Rule, "2:8 level 'urgent'", "6:5 modifier 'nonsense'", "7:22 not a regular", "7:35 not a regular", "9:6 the search is empty",
            "11:21 there is no search 'd'", "11:33 'and' is not expected", "12:7 tags must be text");
    }

    [Fact]
    public void Every_faulty_key_of_a_correlation_is_told_with_its_place()
    {
        const string Correlation = """
            title: T
            correlation:
              typo: x
              type: event_count
              rules: [x, a, y]
              aliases: { host: { a: User }, u: { a: User } }
              group-by: [lineage, User, User]
              timespan: 1M
              condition: { over: 5, gte: 1 }
            """;

        AssertTold(Correlation, "3:3 correlation has no key 'typo'", "5:11 there is no rule with id or name 'x'", "5:17 there is no rule with id or name 'y'",
            "6:14 alias 'host'", "6:33 alias 'u' says no field for rule 'x'", "7:14 'lineage' relates", "7:29 'User' stands twice",
            "8:13 '1M' is not a timespan", "9:16 the condition has no key 'over'");
    }

    [Fact]
    public void Without_a_type_the_rest_of_a_correlation_is_read_as_far_as_it_needs_none() => AssertTold(
        "title: T\ncorrelation:\n  type: sequence\n  rules: [x]\n  timespan: 5\n  condition: { over: 5 }",
        "3:9 correlation type 'sequence'", "4:11 there is no rule", "5:13 '5' is not a timespan");

    [Fact]
    public void Every_name_of_a_condition_that_is_no_search_is_told() => AssertTold(
        "title: T\nlogsource: { product: linux }\ndetection:\n  selection: { Image: a }\n  condition: selction or 1 of flt* and not fliter",
        "5:14 there is no search 'selction'", "5:31 'flt*' fits no search", "5:44 there is no search 'fliter'");

    [Fact]
    public void Every_bound_of_a_count_that_is_none_is_told() => AssertTold(
        "title: T\ncorrelation:\n  type: event_count\n  rules: [a]\n  timespan: 5m\n  condition: { gte: -2, lte: abc }",
        "6:21 the bound 'gte' of a count must be a whole number", "6:30 a bound must be a number");

    [Fact]
    public void A_mistyped_type_does_not_hide_the_faults_of_the_rest() => AssertTold(
        "title: T\ncorrelation:\n  type: eventcount\n  rules: [a]\n  timespan: 5m\n  condition: { over: 5, gte: x }",
        "3:9 correlation type 'eventcount'", "6:16 the condition has no key 'over'", "6:30 a bound must be a number");

    [Fact]
    public void Every_fault_of_a_filter_is_told() => AssertTold(
        "title: F\nlogsource: {}\nfilter:\n  rules: [c, d]\n  s: { User|nonsense: x }\n---\ntitle: C\nname: c\ncorrelation: { type: event_count, rules: [a], timespan: 1m, condition: { gte: 2 } }",
        "2:12 logsource says neither", "4:3 condition is missing", "4:11 'c' is a correlation", "5:8 modifier 'nonsense'");

    [Fact]
    public void Every_fault_of_placeholders_is_told() =>
        AssertTold("placeholders:\n  a%: x\n  b: []\n  c: y", "2:3 'a%' is not the name", "3:6 placeholder 'b' has no value");

    [Fact]
    public void Every_key_that_stands_twice_is_told() =>
        AssertTold("title: T\ntitle: T\nlevel: low\nlevel: low", "2:1 key 'title' stands twice", "4:1 key 'level' stands twice");

    [Fact]
    public void Of_very_many_faults_the_first_twenty_are_told()
    {
        var items = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"    F{i}|nonsense: x\n"));

        var refused = Assert.Single(Packs.Load($"title: T\nlogsource: {{ product: linux }}\ndetection:\n  condition: s\n  s:\n{items}").Refused);

        Assert.Equal(20, refused.All.Count());
    }

    [Fact]
    public void A_document_is_refused_once_however_much_is_wrong_and_the_next_has_its_own_faults()
    {
        var pack = Packs.Load(Packs.RuleText("s: { A|x: 1, B|y: 2 }\ncondition: s"), Packs.RuleText("s: { A|z: 1 }\ncondition: s"), Packs.Letters);

        Assert.Equal([2, 1], pack.Refused.Select(refused => refused.All.Count()));
        Assert.Equal(3, pack.Rules.Count);
    }

    private static void AssertTold(string text, params string[] faults)
    {
        var refused = Packs.Load(text, Packs.Letters).Refused[0];
        string[] told = [.. refused.All.Select(fault => $"{fault.Line}:{fault.Column} {fault.Reason}")];
        Assert.True(told.Length == faults.Length, string.Join("\n", told));
        Assert.All(told.Zip(faults), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
        Assert.All(refused.All, fault => Assert.NotEmpty(fault.WayOut));
    }
}
