using System.Globalization;
using Detection.Rules;

namespace Detection.Tests.Rules;

public sealed class CorrelationReaderTests
{
    [Fact]
    public void Exactly_the_derived_keys_are_no_fields()
    {
        foreach (var key in GroupBy.DerivedKeys.Append("User"))
        {
            var pack = Packs.Load(Packs.Letters + $"title: T\ncorrelation: {{ type: temporal_ordered, rules: [a, b], group-by: [{key}], timespan: 1m }}");

            Assert.Equal(key == "User", Assert.Single(Assert.Single(pack.Correlations).GroupBy).Kind == GroupKind.Field);
        }

        Assert.Equal(Enum.GetValues<GroupKind>().Length - 1, GroupBy.DerivedKeys.Distinct().Count());
    }

    [Theory]
    [InlineData("gte: 3", "3 4", "2 1")]
    [InlineData("gt: 3", "4", "3")]
    [InlineData("lt: 3", "1 2", "3")]
    [InlineData("lte: 3", "3", "4")]
    [InlineData("eq: 3", "3", "2 4")]
    [InlineData("neq: 3", "2 4", "3")]
    [InlineData("gt: 100, lte: 200", "101 200", "100 201")]
    [InlineData("lt: 200, gte: 100", "100 199", "99 200")]
    public void Bounds_hold_and_fail(string condition, string holds, string fails)
    {
        var bound = Correlation($"type: event_count, rules: a, timespan: 1s, condition: {{ {condition} }}").Condition!;

        Assert.All(holds.Split(' '), number => Assert.True(bound.Holds(decimal.Parse(number, CultureInfo.InvariantCulture)), number));
        Assert.All(fails.Split(' '), number => Assert.False(bound.Holds(decimal.Parse(number, CultureInfo.InvariantCulture)), number));
    }

    [Theory]
    [InlineData("value_count", CorrelationType.ValueCount, "gte: 5", true)]
    [InlineData("value_sum", CorrelationType.ValueSum, "gt: 0.5", false)]
    [InlineData("value_avg", CorrelationType.ValueAvg, "lt: -1.5", false)]
    [InlineData("value_percentile", CorrelationType.ValuePercentile, "gte: 5", false)]
    [InlineData("value_median", CorrelationType.ValuePercentile, "gte: 5", false)]
    public void Value_types_read_a_field(string name, CorrelationType type, string bound, bool isMonotone)
    {
        var correlation = Correlation($"type: {name}, rules: [a, b], timespan: 2w, group-by: parent, condition: {{ {bound}, field: User }}");

        Assert.Equal(type, correlation.Type);
        Assert.Equal(["User"], correlation.ValueFields.Select(field => field.Name));
        Assert.Equal(isMonotone, correlation.IsMonotone);
        Assert.Equal(14L * 24 * 60 * 60 * 1_000_000_000, correlation.TimespanNs);
        Assert.Equal(GroupKind.Parent, Assert.Single(correlation.GroupBy).Kind);
        Assert.Equal(type == CorrelationType.ValuePercentile ? 50 : 0, correlation.Percentile);
    }

    [Fact]
    public void Several_fields_are_one_value_and_a_percentile_is_read()
    {
        Assert.Equal(
            ["User", "Image"],
            Correlation("type: value_count, rules: a, timespan: 1s, condition: { gte: 5, field: [User, Image] }").ValueFields.Select(field => field.Name));
        Assert.Equal(
            99.5m, Correlation("type: value_percentile, rules: a, timespan: 1s, condition: { percentile: 99.5, lt: 5, field: User }").Percentile);
    }

    [Theory]
    [InlineData("type: temporal, rules: [a, b, c], timespan: 1s", true)]
    [InlineData("type: temporal, rules: [a, b, c], timespan: 1s, condition: { gte: 2 }", true)]
    [InlineData("type: temporal, rules: [a, b, c], timespan: 1s, condition: { lte: 2 }", false)]
    [InlineData("type: temporal, timespan: 1s, condition: a and (b or c)", true)]
    [InlineData("type: temporal, timespan: 1s, condition: a and not (b or c)", false)]
    [InlineData("type: event_count, rules: a, timespan: 1s, condition: { gte: 2, lt: 5 }", false)]
    public void Only_what_more_events_cannot_undo_is_monotone(string text, bool expected) =>
        Assert.Equal(expected, Correlation(text).IsMonotone);

    [Theory]
    [InlineData("a and b or c", "ab c abc", "a b")]
    [InlineData("a and (b or c)", "ab ac abc", "a bc")]
    [InlineData("a and b and not c", "ab", "abc a")]
    [InlineData("not not a and (b or not c)", "a ab abc", "ac bc")]
    [InlineData("a and not (b and c)", "a ab ac", "abc b")]
    public void Boolean_condition_says_which_rules_occur(string condition, string holds, string fails)
    {
        var correlation = Correlation($"type: temporal, timespan: 1s, condition: {condition}");
        bool Holds(string occur) => correlation.Expression!.Holds([.. "ABC".Select(title => correlation.Rules.Any(rule => rule.Info.Title[0] == title)
            && occur.Contains(char.ToLowerInvariant(title), StringComparison.Ordinal))]);

        Assert.Null(correlation.Condition);
        Assert.Equal(["A", "B", "C"], correlation.Rules.Select(rule => rule.Info.Title));
        Assert.All(holds.Split(' '), occur => Assert.True(Holds(occur), occur));
        Assert.All(fails.Split(' '), occur => Assert.False(Holds(occur), occur));
    }

    [Fact]
    public void Rules_left_out_are_those_of_the_condition_in_the_order_of_appearance()
    {
        var correlation = Correlation("type: temporal_ordered, timespan: 1s, condition: c and not a and (b or c)");

        Assert.Equal(["C", "A", "B"], correlation.Rules.Select(rule => rule.Info.Title));
        Assert.Equal(["B", "A", "C"], Correlation("type: temporal, rules: [b, a, c], timespan: 1s, condition: a or b or c").Rules.Select(rule => rule.Info.Title));
    }

    [Fact]
    public void Condition_may_call_a_rule_otherwise_than_rules_does()
    {
        const string Id = "7f3a1c2e-0000-4000-8000-000000000001";
        var letters = Packs.Letters.Replace("name: a", $"name: a\nid: {Id}", StringComparison.Ordinal);
        var pack = Packs.LoadAll($"{letters}title: T\ncorrelation: {{ type: temporal, rules: [a, b], timespan: 1s, condition: {Id} and not b }}");

        Assert.True(Assert.Single(pack.Correlations).Expression!.Holds([true, false]));
    }

    [Theory]
    [InlineData("gte: 2")]
    [InlineData("gt: 1")]
    public void Number_of_all_rules_is_what_an_order_asks_for_anyway(string condition)
    {
        var pack = Packs.LoadAll(
            $"{Packs.Letters}title: N\ncorrelation: {{ type: temporal_ordered, rules: [a, b], timespan: 1m, condition: {{ {condition} }} }}");

        Assert.Null(Assert.Single(pack.Correlations).Condition);
    }

    [Fact]
    public void Same_rule_may_stand_twice_only_in_an_order() =>
        Assert.Equal(["A", "A", "B"], Correlation("type: temporal_ordered, rules: [a, a, b], timespan: 1s").Rules.Select(rule => rule.Info.Title));

    [Fact]
    public void Chained_correlations_stand_behind_what_they_need_whatever_the_order_of_files()
    {
        var pack = Packs.Load(
            "title: Outer\ncorrelation: { type: temporal_ordered, rules: [middle, c], timespan: 1h, aliases: { who: { middle: User, c: LoginUser } }, group-by: who }",
            "title: Middle\nname: middle\ncorrelation: { type: temporal, rules: [inner, b], timespan: 1m }\n---\n"
            + "title: Alone\ncorrelation: { type: event_count, rules: a, timespan: 1m, condition: { gte: 9 } }",
            "title: Inner\nname: inner\ngenerate: true\ncorrelation: { type: event_count, rules: a, timespan: 1s, condition: { gte: 2 } }",
            Packs.Letters);

        Assert.Empty(pack.Refused);
        Assert.Equal(["Alone", "Inner", "Middle", "Outer"], pack.Correlations.Select(rule => rule.Info.Title));
        Assert.Equal([true, false, false, true], pack.Correlations.Select(rule => rule.AlertsAlone));
        Assert.Equal([true, false, false], pack.Rules.Select(rule => rule.AlertsAlone));
        Assert.Same(pack.Correlations[2], pack.Correlations[3].Rules[0]);
        Assert.Equal(["User", "LoginUser"], pack.Correlations[3].GroupBy[0].Fields.Select(field => field.Name));
    }

    [Fact]
    public void Title_is_the_last_resort_of_a_reference()
    {
        var pack = Packs.LoadAll(Packs.Letters + "title: T\ncorrelation: { type: event_count, rules: [A, b], timespan: 1s, condition: { gte: 2 } }");

        Assert.Equal(["A", "B"], Assert.Single(pack.Correlations).Rules.Select(rule => rule.Info.Title));
        Assert.Equal([false, false, true], pack.Rules.Select(rule => rule.AlertsAlone));
    }

    [Fact]
    public void Long_chain_loads_as_far_as_it_may_go_and_the_rest_is_refused()
    {
        const int Length = 3_000;
        const int Longest = 256;
        var chain = Enumerable.Range(1, Length).Select(i =>
            $"title: C{i}\nname: c{i}\ncorrelation: {{ type: event_count, rules: {(i == Length ? "a" : $"c{i + 1}")}, timespan: 1s, condition: {{ gte: 2 }} }}\n---\n");
        var pack = Packs.Load(string.Concat(chain) + Packs.Letters);

        Assert.Equal(Longest, pack.Correlations.Count);
        Assert.Equal($"C{Length - Longest + 1}", pack.Correlations[^1].Info.Title);
        Assert.Equal(Length - Longest, pack.Refused.Count);
    }

    private static CorrelationRule Correlation(string keys) =>
        Assert.Single(Packs.LoadAll($"{Packs.Letters}title: T\ncorrelation: {{ {keys} }}").Correlations);
}
