using Detection.Rules;

namespace Detection.Tests.Rules;

public sealed class RefusalTests
{
    private const string Correlation = "title: T\ncorrelation:\n  ";

    [Theory]
    [InlineData("s: { CommandLine|base64offset|contains: x }\ncondition: s", 6, 8, "modifier 'base64offset' is not supported", "supported: ")]
    [InlineData("s: { CommandLine|regex: x }\ncondition: s", 6, 8, "modifier 'regex' is not known", "supported: ")]
    [InlineData("s: { CommandLine|contains|contains: x }\ncondition: s", 6, 8, "modifier 'contains' stands twice", "")]
    [InlineData("s: { CommandLine|contains|endswith: x }\ncondition: s", 6, 8, "exclude each other", "two items")]
    [InlineData("s: { CommandLine|contains|re: x }\ncondition: s", 6, 8, "modifier 're' must be the first", "")]
    [InlineData("s: { CommandLine|re|contains: x }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|i: x }\ncondition: s", 6, 8, "modifier 'i' must follow 're'", "")]
    [InlineData("s: { CommandLine|exists|all: true }\ncondition: s", 6, 8, "modifier 'exists' must be the only one", "")]
    [InlineData("s: { CommandLine|exists: maybe }\ncondition: s", 6, 28, "the value of exists must be true or false", "")]
    [InlineData("s: { CommandLine|re: 'a(?=b)' }\ncondition: s", 6, 24, "cannot be run in linear time", "no look-around")]
    [InlineData("s: { CommandLine|re: 'a(' }\ncondition: s", 6, 24, "not a regular expression", "")]
    [InlineData("s: { CommandLine|re: }\ncondition: s", 6, 24, "an empty regular expression", "exists")]
    [InlineData("s: { CommandLine|re: null }\ncondition: s", 6, 24, "an empty regular expression", "exists")]
    [InlineData("s: { CommandLine|re: '' }\ncondition: s", 6, 24, "an empty regular expression", "exists")]
    [InlineData("s: { CommandLine|cidr: 10.0.0.1/8 }\ncondition: s", 6, 26, "'10.0.0.1/8' is not a network", "without host bits")]
    [InlineData("s: { CommandLine|gt: '5' }\ncondition: s", 6, 24, "a comparison needs a number", "without quotes")]
    [InlineData("s: { CommandLine|contains: 5 }\ncondition: s", 6, 30, "'5' is not text", "quotes")]
    [InlineData("s: { CommandLine: on }\ncondition: s", 6, 21, "'on' means different things", "quotes")]
    [InlineData("s: { CommandLine: 010 }\ncondition: s", 6, 21, "'010' means different things", "quotes")]
    [InlineData("s: { CommandLine: [] }\ncondition: s", 6, 21, "the list of values is empty", "")]
    [InlineData("s: { CommandLine: [[a]] }\ncondition: s", 6, 22, "a value must be text", "")]
    [InlineData("s: [word, other]\ncondition: s", 6, 7, "keyword search", "CommandLine|contains")]
    [InlineData("s: { '|all': [a, b] }\ncondition: s", 6, 8, "keyword search", "CommandLine|contains")]
    [InlineData("s: {}\ncondition: s", 6, 6, "the search is empty", "")]
    [InlineData("s: { Commandline: a }\ncondition: s", 6, 8, "have no field 'Commandline'", "case-sensitive: CommandLine")]
    [InlineData("s: { TargetFilename: a }\ncondition: s", 6, 8, "have no field 'TargetFilename'", "fields: ")]
    [InlineData("s: { Image: a }", 6, 3, "condition is missing", "condition: selection")]
    [InlineData("s: { Image: a }\ncondition: t", 7, 14, "there is no search 't'", "searches: s")]
    [InlineData("s: { Image: a }\ncondition: s and 1 of t*", 7, 25, "'t*' fits no search", "searches: s")]
    [InlineData("s: { Image: a }\ncondition: s AND s", 7, 16, "'AND' is not expected", "lower case")]
    [InlineData("s: { Image: a }\ncondition: 2 of them", 7, 14, "'2' is not expected", "only 1, any or all")]
    [InlineData("s: { Image: a }\ncondition: s | count() > 5", 7, 16, "'|' is not expected", "correlation rule")]
    [InlineData("s: { Image: a }\ncondition: s and", 7, 14, "ends too early", "")]
    [InlineData("s: { Image: a }\ncondition: (s", 7, 14, "ends too early", "")]
    [InlineData("s: { Image: a }\ncondition: s)", 7, 15, "')' is not expected", "")]
    [InlineData("s: { Image: a }\ntimeframe: 5m\ncondition: s", 7, 14, "timeframe", "correlation rule")]
    [InlineData("s: { Image: a }\ns: { Image: b }\ncondition: s", 7, 3, "key 's' stands twice", "one list")]
    [InlineData("s: { Image: &x a }\ncondition: s", 6, 15, "anchors", "write the value out")]
    public void Detection_is_refused_with_place_reason_and_way_out(string detection, int line, int column, string reason, string wayOut) =>
        AssertRefused(Packs.RuleText(detection), line, column, reason, wayOut);

    [Theory]
    [InlineData("title: T\nlogsource: { product: windows }\ndetection: { s: { Image: a }, condition: s }", 2, 23, "product 'windows'", "linux")]
    [InlineData("title: T\nlogsource: { service: auditd }\ndetection: { s: { Image: a }, condition: s }", 2, 23, "service 'auditd'", "linux")]
    [InlineData("title: T\nlogsource: { category: dns }\ndetection: { s: { Image: a }, condition: s }", 2, 24, "category 'dns'", "file_access")]
    [InlineData("title: T\nlogsource: { definition: x }\ndetection: { s: { Image: a }, condition: s }", 2, 12, "logsource is empty", "")]
    [InlineData("title: T\ndetection: { s: { Image: a }, condition: s }", 1, 1, "logsource is missing", "")]
    [InlineData("title: T\nlogsource: { product: linux }", 1, 1, "neither detection nor correlation", "")]
    [InlineData("title: T\naction: global\ndetection: {}", 2, 9, "'action' are not supported", "document of its own")]
    [InlineData("title: T\nfilter: { rules: any }\nlogsource: {}", 2, 9, "filters are not supported", "condition")]
    [InlineData("title: T\nlevel: urgent\nlogsource: { product: linux }\ndetection: { s: { Image: a }, condition: s }", 2, 8, "level 'urgent'", "critical")]
    [InlineData("title: T\nstatus: unsupported\nlogsource: { product: linux }\ndetection: { s: { Image: a }, condition: s }", 2, 9, "cannot be used", "")]
    [InlineData("- a", 1, 1, "a rule must be a map", "")]
    public void Document_is_refused_with_place_reason_and_way_out(string text, int line, int column, string reason, string wayOut) =>
        AssertRefused(text, line, column, reason, wayOut);

    [Theory]
    [InlineData("type: value_count", 3, 9, "type 'value_count' is not supported", "event_count or temporal_ordered")]
    [InlineData("type: sequence", 3, 9, "type 'sequence' is not known", "event_count or temporal_ordered")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: { lte: 5 }", 6, 16, "upper bound 'lte' is not supported", "gt or gte")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: { gt: 1, gte: 5 }", 6, 14, "one lower bound", "gt or gte")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: { gte: 0 }", 6, 21, "whole number", "")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: { gt: 79228162514264337593543950335 }", 6, 20, "whole number", "")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: { gt: 1000000 }", 6, 20, "whole number", "")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition: { gte: '5' }", 6, 21, "whole number", "")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m", 3, 3, "condition is missing", "gte")]
    [InlineData("type: event_count\n  rules: [a, a]\n  timespan: 1m\n  condition: { gte: 5 }", 4, 10, "each once", "")]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  group-by: [lineage]\n  condition: { gte: 5 }", 6, 14, "event_count cannot group by it", "session")]
    [InlineData("type: temporal_ordered\n  rules: [a]\n  timespan: 1m", 4, 10, "at least two rules", "")]
    [InlineData("type: temporal_ordered\n  rules: [a, x]\n  timespan: 1m", 4, 14, "there is no rule with id or name 'x'", "load the file")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1w", 5, 13, "'1w' is not a timespan", "10s")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 0s", 5, 13, "'0s' is not a timespan", "10s")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 8d", 5, 13, "longer than 7 days", "")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]", 3, 3, "timespan is missing", "10s")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  group-by: [TargetFilename]", 6, 14, "have no field 'TargetFilename'", "alias")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  group-by: [lineage, lineage-or-session]", 6, 23, "only one of", "")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  group-by: [host, host]", 6, 20, "'host' stands twice", "")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  aliases: { x: { a: User } }", 6, 14, "no field for rule 'b'", "")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  aliases: { x: { a: User, c: User } }", 6, 28, "does not refer to", "")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  aliases: { host: { a: User, b: User } }", 6, 14, "derived group key", "another name")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  condition: { gte: 2 }", 6, 14, "condition of temporal_ordered", "leave it out")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  group_by: [host]", 6, 3, "no key 'group_by'", "group-by")]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  generate: perhaps", 6, 13, "generate must be true or false", "")]
    public void Correlation_is_refused_with_place_reason_and_way_out(string correlation, int line, int column, string reason, string wayOut) =>
        AssertRefused(Correlation + correlation, line, column, reason, wayOut, others: Packs.Letters);

    [Fact]
    public void Syntax_error_ends_its_file_but_no_other()
    {
        var pack = Packs.Load(Packs.RuleText("s: { Image: a }\ncondition: s") + "\n---\ntitle: a: b", Packs.Letters);

        Assert.Equal(4, pack.Rules.Count);
        var refused = Assert.Single(pack.Refused);
        Assert.Equal("0.yml", refused.File);
        Assert.Equal(9, refused.Line);
        Assert.Contains("not readable as YAML", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_document_takes_only_its_correlations_along()
    {
        var pack = Packs.Load(
            Packs.Letters,
            "title: D\nname: d\nlogsource: { product: linux }\ndetection: { s: { Nonsense: 1 }, condition: s }\n---\n"
            + "title: AD\ncorrelation: { type: temporal_ordered, rules: [a, d], timespan: 1s }\n---\n"
            + "title: AB\ncorrelation: { type: temporal_ordered, rules: [a, b], timespan: 1s }");

        Assert.Equal(["A", "B", "C"], pack.Rules.Select(rule => rule.Info.Title));
        Assert.Equal("AB", Assert.Single(pack.Correlations).Info.Title);
        Assert.Equal(["D", "AD"], pack.Refused.Select(refused => refused.Title));
        Assert.Equal("'d' was refused: see 1.yml:1", pack.Refused[1].Reason);
    }

    [Fact]
    public void Second_rule_of_an_id_or_name_is_refused_whatever_the_order_of_files()
    {
        RuleSource[] sources = [new("x.yml", Packs.Letters), new("y.yml", "title: Again\nid: a\nlogsource: { product: linux }\ndetection: { s: { Image: a }, condition: s }")];

        foreach (var order in new[] { sources, [.. sources.Reverse()] })
        {
            var pack = RuleLoader.Load(order);
            Assert.Equal(3, pack.Rules.Count);
            Assert.Equal("y.yml:2:5: 'Again' refused: 'a' already names the rule at x.yml:1 (ids and names are unique)", Assert.Single(pack.Refused).ToString());
        }
    }

    [Fact]
    public void Deep_nesting_is_refused_and_the_rest_is_read()
    {
        var pack = Packs.Load("title: T\ndetection: " + new string('[', 200) + new string(']', 200) + "\n---\n" + Packs.Letters);

        Assert.Equal(3, pack.Rules.Count);
        Assert.Contains("nested deeper", Assert.Single(pack.Refused).Reason, StringComparison.Ordinal);
    }

    private static void AssertRefused(string text, int line, int column, string reason, string wayOut, string others = "")
    {
        var pack = Packs.Load(text, others);
        var refused = Assert.Single(pack.Refused);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Contains(wayOut, refused.WayOut, StringComparison.Ordinal);
        Assert.Equal(("0.yml", line, column), (refused.File, refused.Line, refused.Column));
        Assert.Equal(others.Length == 0 ? 0 : 3, pack.Rules.Count);
        Assert.Empty(pack.Correlations);
    }
}
