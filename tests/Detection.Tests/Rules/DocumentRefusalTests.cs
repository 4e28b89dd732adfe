using Detection.Rules;

namespace Detection.Tests.Rules;

public sealed class DocumentRefusalTests
{
    private const string Rest = "logsource: { product: linux }\ndetection: { s: { Image: a }, condition: s }";

    [Theory]
    [InlineData("title: T\nlogsource: { definition: x }\ndetection: { s: { Image: a }, condition: s }", 2, 12, "neither category nor product nor service", "linux")]
    [InlineData("title: T\nlogsource: { vendor: x }\ndetection: { s: { Image: a }, condition: s }", 2, 12, "neither category nor product nor service", "linux")]
    [InlineData("title: T\nlogsource: { product: [linux] }\ndetection: { s: { Image: a }, condition: s }", 2, 23, "logsource product must be text", "one text")]
    [InlineData("title: T\nlogsource: { product: linux, vendor: [x] }\ndetection: { s: { Image: a }, condition: s }", 2, 38, "logsource vendor must be text", "one text")]
    [InlineData("title: T\nlogsource: linux\ndetection: { s: { Image: a }, condition: s }", 2, 12, "logsource must be a map", "key: value")]
    [InlineData("title: T\ndetection: { s: { Image: a }, condition: s }", 1, 1, "logsource is missing", "linux")]
    [InlineData("title: T\nlogsource: { product: linux }", 1, 1, "neither detection nor correlation nor filter", "logsource and detection")]
    [InlineData("title: T\naction: global\ndetection: {}", 2, 9, "'action' are not supported", "document of its own")]
    [InlineData("title: T\ncorrelation: {}\ndetection: {}", 2, 14, "one of rule, correlation and filter", "---")]
    [InlineData("title: T\nfilter: {}\ndetection: {}", 2, 9, "one of rule, correlation and filter", "---")]
    [InlineData("level: low\n" + Rest, 1, 1, "title is missing", "one line")]
    [InlineData("title: ''\n" + Rest, 1, 8, "title must have 1 to 256 characters", "one line")]
    [InlineData("title: T\nlevel: urgent\n" + Rest, 2, 8, "level 'urgent'", "critical")]
    [InlineData("title: T\nstatus: unsupported\n" + Rest, 2, 9, "cannot be used", "another status")]
    [InlineData("- a", 1, 1, "a rule must be a map", "key: value")]
    [InlineData("title: T\n? [a]\n: b\n" + Rest, 2, 3, "a key must be text", "before the colon")]
    public void Document_is_refused_with_place_reason_and_way_out(string text, int line, int column, string reason, string wayOut) =>
        Refusals.AssertRefused(text, line, column, reason, wayOut, others: Packs.Letters);

    [Theory]
    [InlineData("base: &base { Image: a }\ntitle: T\nlogsource: { product: linux }\ndetection: { s: { <<: *base }, condition: s }", 4, 19, "merge keys", "alias for the whole map")]
    [InlineData("title: T\nlogsource: *nowhere\ndetection: {}", 2, 12, "no complete node with the anchor 'nowhere'", "the anchor first")]
    [InlineData("title: T\ndetection: &d { s: *d }", 2, 20, "no complete node with the anchor 'd'", "the anchor first")]
    public void Alias_is_refused_with_place_reason_and_way_out(string text, int line, int column, string reason, string wayOut) =>
        Refusals.AssertRefused(text, line, column, reason, wayOut, others: Packs.Letters);

    [Fact]
    public void Few_lines_that_stand_for_billions_of_nodes_are_refused()
    {
        var lines = string.Concat(Enumerable.Range(1, 11).Select(i => $"l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 10))}]\n"));
        var pack = Packs.Load("l0: &l0 [a, b]\n" + lines + "---\n" + Packs.Letters);

        Assert.Equal(3, pack.Rules.Count);
        Assert.Contains("larger than 50000 nodes", Assert.Single(pack.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_lines_that_stand_for_deep_nesting_are_refused()
    {
        var lines = string.Concat(Enumerable.Range(1, 40).Select(i => $"l{i}: &l{i} [*l{i - 1}]\n"));
        var pack = Packs.Load("l0: &l0 [a, b]\n" + lines + "---\n" + Packs.Letters);

        Assert.Equal(3, pack.Rules.Count);
        Assert.Contains("deeper than 32 levels", Assert.Single(pack.Refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title: x\ns:\n  Image: %foo%", 3, 10, "quotes")]
    [InlineData("title: x\ns:\n  Image: @foo", 3, 10, "quotes")]
    [InlineData("title: x\ns:\n  Image: *", 3, 10, "quotes")]
    [InlineData("title: x\ns:\n  Image: *foo", 3, 10, "quotes around a text that begins with *")]
    [InlineData("title: x\na: b\nc:\n  d: e\nf:\n\tg: h", 6, 1, "spaces instead of the tab")]
    [InlineData("title: x\nd:\n    s:\n    \tImage: x", 4, 5, "spaces instead of the tab")]
    [InlineData("title: x\nd:\n  - h\n\t- i", 4, 1, "spaces instead of the tab")]
    [InlineData("title: x\ns: \"a\\qb\"", 2, 4, "single quotes")]
    public void Broken_syntax_is_told_with_its_place_and_what_to_write(string text, int line, int column, string wayOut)
    {
        var refused = Packs.Load(text).Refused[0];

        Assert.Contains(wayOut, refused.WayOut, StringComparison.Ordinal);
        Assert.Equal((line, column), (refused.Line, refused.Column));
    }

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
            "title: D\nname: d\nlogsource: { product: linux }\ndetection: { s: { Image|never: 1 }, condition: s }\n---\n"
            + "title: AD\nname: ad\ncorrelation: { type: temporal_ordered, rules: [a, d], timespan: 1s }\n---\n"
            + "title: AB\ncorrelation: { type: temporal_ordered, rules: [a, b], timespan: 1s }\n---\n"
            + "title: ADB\ncorrelation: { type: temporal, rules: [ad, b], timespan: 1s }");

        Assert.Equal(["A", "B", "C"], pack.Rules.Select(rule => rule.Info.Title));
        Assert.Equal("AB", Assert.Single(pack.Correlations).Info.Title);
        Assert.Equal(["D", "AD", "ADB"], pack.Refused.Select(refused => refused.Title));
        Assert.Equal("'d' was refused: see 1.yml:1", pack.Refused[1].Reason);
        Assert.Equal("'ad' was refused: see 1.yml:6", pack.Refused[2].Reason);
    }

    [Fact]
    public void Second_rule_of_an_id_or_name_is_refused_whatever_the_order_of_files()
    {
        RuleSource[] sources = [new("x.yml", Packs.Letters), new("y.yml", "title: Again\nid: a\n" + Rest)];

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
}
