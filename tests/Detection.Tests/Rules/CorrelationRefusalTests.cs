using System.Globalization;
using System.Text;

namespace Detection.Tests.Rules;

public sealed class CorrelationRefusalTests
{
    private const string Count = "type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: ";
    private const string Value = "type: value_sum\n  rules: [a]\n  timespan: 1m\n  condition: ";
    private const string Ordered = "type: temporal_ordered\n  rules: [a, b]\n  timespan: ";
    private const string Temporal = "type: temporal\n  rules: [a, b, c]\n  timespan: 1m\n  ";

    [Theory]
    [InlineData("field: User", "it belongs under condition: condition: { field: … }")]
    [InlineData("gte: 5", "it belongs under condition: condition: { gte: … }")]
    [InlineData("timspan: 5m", "did you mean timespan? type, rules")]
    [InlineData("x: 5", "type, rules")]
    public void A_key_in_the_wrong_place_or_mistyped_is_told_with_what_to_write(string line, string wayOut)
    {
        var refused = Assert.Single(Packs.Load($"title: C\ncorrelation:\n  {Count}{{ gte: 2 }}\n  {line}", Packs.Letters).Refused);

        Assert.StartsWith("correlation has no key", refused.Reason, StringComparison.Ordinal);
        Assert.StartsWith(wayOut, refused.WayOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: [a, b]", 3, 3, "type is missing", "value_median")]
    [InlineData("type: sequence\n  rules: a\n  timespan: 1m", 3, 9, "type 'sequence' is not known", "temporal_ordered")]
    [InlineData("type: event_count", 3, 3, "rules is missing", "names of rules")]
    [InlineData("type: event_count\n  rules: []\n  timespan: 1m\n  condition: { gte: 1 }", 4, 10, "rules is empty", "names of rules")]
    [InlineData("type: event_count\n  rules: [{ a: b }]\n  timespan: 1m\n  condition: { gte: 1 }", 4, 11, "a referenced rule must be text", "one text")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m", 3, 3, "condition is missing", "gte")]
    [InlineData("type: event_count\n  rules: [a, a]\n  timespan: 1m\n  condition: { gte: 5 }", 4, 14, "stands twice in rules", "each rule once")]
    [InlineData("type: temporal_ordered\n  rules: [a]\n  timespan: 1m", 4, 11, "at least two rules", "event_count")]
    [InlineData("type: temporal\n  rules: a\n  timespan: 1m", 4, 10, "at least two rules", "event_count")]
    [InlineData("type: temporal\n  rules: [a, b, a]\n  timespan: 1m", 4, 17, "stands twice in rules", "temporal_ordered")]
    [InlineData("type: temporal_ordered\n  rules: [a, x]\n  timespan: 1m", 4, 14, "there is no rule with id or name 'x'", "load the file")]
    [InlineData(Ordered + "1M", 5, 13, "'1M' is not a timespan: months", "30d")]
    [InlineData(Ordered + "1y", 5, 13, "'1y' is not a timespan", "30d")]
    [InlineData(Ordered + "1h30m", 5, 13, "'1h30m' is not a timespan", "10s")]
    [InlineData(Ordered + "-5m", 5, 13, "'-5m' is not a timespan", "10s")]
    [InlineData(Ordered + "0s", 5, 13, "'0s' is not a timespan", "10s")]
    [InlineData(Ordered + "s", 5, 13, "'s' is not a timespan", "10s")]
    [InlineData(Ordered + "60", 5, 13, "'60' is not a timespan", "10s")]
    [InlineData(Ordered + "99999999999999999999s", 5, 13, "is not a timespan", "10s")]
    [InlineData(Ordered + "31d", 5, 13, "longer than 30 days", "30d")]
    [InlineData(Ordered + "5w", 5, 13, "longer than 30 days", "30d")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]", 3, 3, "timespan is missing", "10s")]
    [InlineData(Ordered + "1m\n  group_by: [host]", 6, 3, "no key 'group_by'", "group-by")]
    [InlineData(Ordered + "1m\n  generate: perhaps", 6, 13, "generate must be true or false", "true or false")]
    [InlineData(Ordered + "1m\n  generate: true\ngenerate: false", 6, 13, "generate is said twice", "once")]
    public void Correlation_is_refused_with_place_reason_and_way_out(string correlation, int line, int column, string reason, string wayOut) =>
        AssertRefused(correlation, line, column, reason, wayOut);

    [Theory]
    [InlineData(Ordered + "1m\n  group-by: [lineage, lineage-or-session]", 6, 23, "only one of", "wider one")]
    [InlineData(Ordered + "1m\n  group-by: [host, host]", 6, 20, "'host' stands twice", "once")]
    [InlineData(Ordered + "1m\n  group-by: ['']", 6, 14, "needs a name", "derived key")]
    [InlineData(Ordered + "1m\n  aliases: { x: { a: User } }", 6, 14, "no field for rule 'b'", "each rule")]
    [InlineData(Ordered + "1m\n  aliases: { x: { a: User, c: User } }", 6, 28, "does not refer to", "as written")]
    [InlineData(Ordered + "1m\n  aliases: { host: { a: User, b: User } }", 6, 14, "derived group key", "another name")]
    [InlineData(Ordered + "1m\n  aliases: { parent: { a: User, b: User } }", 6, 14, "derived group key", "another name")]
    [InlineData(Count + "{ gte: 5 }\n  group-by: [lineage]", 7, 14, "only temporal_ordered without a condition", "session")]
    [InlineData(Temporal + "group-by: [lineage-or-session]", 6, 14, "only temporal_ordered without a condition", "session")]
    [InlineData(Ordered + "1m\n  condition: a and not b\n  group-by: [lineage]", 7, 14, "only temporal_ordered without a condition", "session")]
    public void Group_is_refused_with_place_reason_and_way_out(string correlation, int line, int column, string reason, string wayOut) =>
        AssertRefused(correlation, line, column, reason, wayOut);

    [Theory]
    [InlineData(Count + "{ gt: 1, gte: 5 }", 6, 14, "cannot be used together", "a range")]
    [InlineData(Count + "{ eq: 1, lte: 5 }", 6, 14, "cannot be used together", "a range")]
    [InlineData(Count + "{ gt: 1, lt: 5, neq: 3 }", 6, 14, "cannot be used together", "a range")]
    [InlineData(Count + "{}", 6, 14, "has no bound", "neq")]
    [InlineData(Count + "{ gte: 5, above: 3 }", 6, 24, "no key 'above'", "gte")]
    [InlineData(Count + "5", 6, 14, "condition must be a map", "key: value")]
    [InlineData(Count + "a and b", 6, 14, "condition must be a map", "key: value")]
    [InlineData(Count + "{ gte: 0 }", 6, 14, "every count", "gte: 1")]
    [InlineData(Count + "{ lt: 1 }", 6, 14, "no count from 1", "reached")]
    [InlineData(Count + "{ eq: 0 }", 6, 14, "no count from 1", "reached")]
    [InlineData(Count + "{ gt: 5, lt: 6 }", 6, 14, "no count from 1", "reached")]
    [InlineData(Count + "{ gte: 6, lte: 5 }", 6, 14, "no number fulfils", "below the upper")]
    [InlineData(Count + "{ gte: 2.5 }", 6, 21, "whole number", "whole number")]
    [InlineData(Count + "{ gte: -1 }", 6, 21, "whole number", "whole number")]
    [InlineData(Count + "{ gt: 79228162514264337593543950335 }", 6, 20, "must be a number", "without quotes")]
    [InlineData(Count + "{ gt: 1000001 }", 6, 20, "whole number", "whole number")]
    [InlineData(Count + "{ gte: '5' }", 6, 21, "must be a number", "without quotes")]
    [InlineData(Count + "{ gte: 5, field: User }", 6, 24, "only the types value_", "no field")]
    [InlineData(Temporal + "condition: { gte: 4 }", 6, 14, "no count from 1 to 3", "reached")]
    [InlineData(Ordered + "1m\n  condition: { gte: 1 }", 6, 14, "can only ask for all rules", "gte: 2")]
    [InlineData(Ordered + "1m\n  condition: { eq: 2 }", 6, 14, "can only ask for all rules", "gte: 2")]
    [InlineData("type: value_count\n  rules: a\n  timespan: 1m\n  condition: { gte: 2 }", 6, 14, "field is missing", "field: User")]
    [InlineData(Value + "{ gte: -1000000000000000001, field: x }", 6, 21, "from -1000000000000000000", "without quotes")]
    [InlineData(Value + "{ gte: 2, field: [a, b] }", 6, 31, "no numeric value", "one field")]
    [InlineData(Value + "{ gte: 2, field: [] }", 6, 31, "empty", "at least one")]
    [InlineData(Value + "{ gte: 2, field: '' }", 6, 31, "needs a name", "field: User")]
    [InlineData(Value + "{ gte: 2, field: x }\n  aliases: { x: { a: User } }", 6, 31, "'x' is an alias", "name of a field")]
    [InlineData(Value + "{ gte: 2, field: x, percentile: 5 }", 6, 34, "only value_percentile", "value_percentile")]
    [InlineData("type: value_median\n  rules: a\n  timespan: 1m\n  condition: { gte: 2, field: x, percentile: 5 }", 6, 34, "only value_percentile", "no percentile")]
    [InlineData("type: value_percentile\n  rules: a\n  timespan: 1m\n  condition: { gte: 2, field: x, percentile: 101 }", 6, 46, "0 to 100", "95")]
    [InlineData("type: value_count\n  rules: a\n  timespan: 1m\n  condition: { gte: 2, field: [x, x] }", 6, 35, "stands twice", "once")]
    public void Numeric_condition_is_refused_with_place_reason_and_way_out(string correlation, int line, int column, string reason, string wayOut) =>
        AssertRefused(correlation, line, column, reason, wayOut);

    [Theory]
    [InlineData("a and b", 14, "what becomes of 'C'", "leave rules out")]
    [InlineData("a and b and c and d", 32, "there is no rule with id or name 'd'", "load the file")]
    [InlineData("a AND b and c", 16, "'AND' is not expected", "lower case")]
    [InlineData("NOT a and b and c", 14, "'NOT' is not expected", "lower case")]
    [InlineData("1 of them", 14, "'1' is not expected", "name the rules")]
    [InlineData("a and b and c and", 31, "ends too early", "names joined by")]
    [InlineData("not a and not b and not c", 14, "when no rule occurs", "must occur")]
    [InlineData("a and b or not c", 14, "when no rule occurs", "must occur")]
    public void Boolean_condition_is_refused_with_place_reason_and_way_out(string condition, int column, string reason, string wayOut) =>
        AssertRefused(Temporal + "condition: " + condition, 6, column, reason, wayOut);

    [Fact]
    public void Boolean_condition_may_not_name_what_rules_does_not() =>
        AssertRefused("type: temporal\n  rules: [a, b]\n  timespan: 1m\n  condition: a and b and c", 6, 26, "rules does not", "leave rules out");

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void Ordered_condition_may_stand_for_64_alternatives(int factors, bool isRefused)
    {
        var condition = string.Join(" and ", Enumerable.Repeat("(a or b)", factors));
        var pack = Packs.Load(Packs.Letters + $"title: T\ncorrelation: {{ type: temporal_ordered, timespan: 1m, condition: {condition} }}");

        Assert.Equal(isRefused, pack.Refused.Any(refused => refused.Reason.Contains("64 alternatives", StringComparison.Ordinal)));
        Assert.Equal(isRefused ? 0 : 1, pack.Correlations.Count);
    }

    [Fact]
    public void Cycle_is_refused_by_name_and_so_is_what_needs_it()
    {
        var pack = Packs.Load(Packs.Letters, """
            title: X
            name: x
            correlation: { type: temporal, rules: [a, y], timespan: 1s }
            ---
            title: Y
            name: y
            correlation: { type: temporal, rules: [b, z], timespan: 1s }
            ---
            title: Z
            name: z
            correlation: { type: temporal, rules: [y, c], timespan: 1s }
            ---
            title: Self
            name: self
            correlation: { type: event_count, rules: [self], timespan: 1s, condition: { gte: 2 } }
            """);

        Assert.Equal(3, pack.Rules.Count);
        Assert.Empty(pack.Correlations);
        Assert.Equal(
            ["1.yml:3:43 y → z → y", "1.yml:7:43 y → z → y", "1.yml:11:40 z → y → z", "1.yml:15:43 self → self"],
            pack.Refused.Select(refused => $"{refused.File}:{refused.Line}:{refused.Column} {refused.Reason.Split(": ")[1]}"));
        Assert.All(pack.Refused, refused => Assert.Contains("leave one of the references out", refused.WayOut, StringComparison.Ordinal));
    }

    [Fact]
    public void Title_of_two_rules_is_no_reference()
    {
        var twice = Packs.Letters.Replace("title: B", "title: A", StringComparison.Ordinal);
        var pack = Packs.Load("title: T\ncorrelation: { type: event_count, rules: A, timespan: 1s, condition: { gte: 2 } }", twice);

        Assert.Equal("0.yml:2:42: 'T' refused: several rules have the title 'A' (refer to it by id or name)", Assert.Single(pack.Refused).ToString());
    }

    [Fact]
    public void Correlations_that_double_at_each_level_are_refused_from_where_they_would_cost_too_much()
    {
        var text = new StringBuilder(Packs.Letters);
        var (first, second) = ("a", "b");
        for (var level = 1; level <= 40; level++)
        {
            foreach (var side in "xy")
            {
                text.Append(CultureInfo.InvariantCulture, $$"""

                    ---
                    title: {{side}}{{level}}
                    name: {{side}}{{level}}
                    correlation: { type: temporal, rules: [{{first}}, {{second}}], timespan: 1m }
                    """);
            }

            (first, second) = ($"x{level}", $"y{level}");
        }

        var pack = Packs.Load(text.ToString());

        // 1, 3, 7 … 255 and then 511.
        Assert.Equal(16, pack.Correlations.Count);
        Assert.Equal("x9", pack.Refused[0].Title);
        Assert.Contains("these are 511; at most 256", pack.Refused[0].Reason, StringComparison.Ordinal);
        Assert.Equal(64, pack.Refused.Count);
    }

    private static void AssertRefused(string correlation, int line, int column, string reason, string wayOut) =>
        Refusals.AssertRefused("title: T\ncorrelation:\n  " + correlation, line, column, reason, wayOut, others: Packs.Letters);
}
