using Detection.Taxonomy;

namespace Detection.Tests.Rules;

/// <summary>Documents with <c>filter</c>: rule and filter condition.</summary>
public sealed class FilterTests
{
    private const string NotRoot = "title: F\nlogsource: { product: linux }\nfilter: { rules: [a], s: { User: root }, condition: not s }";

    [Fact]
    public void Filter_is_one_more_condition_of_the_rules_it_names()
    {
        var pack = Packs.Load(NotRoot, Packs.Letters);

        Assert.Empty(pack.Refused);
        Assert.Empty(pack.Warnings);
        var root = new FieldsOnly { ["Image"] = FieldValue.Of("/abc"), ["User"] = FieldValue.Of("root") };
        Assert.Equal([false, true, true], pack.Rules.Select(rule => rule.Matches(root)));
        Assert.Equal([true, true, true], pack.Rules.Select(rule => rule.Matches(FieldsOnly.With("Image", "/abc"))));
    }

    [Theory]
    [InlineData("{ product: linux }", true)]
    [InlineData("{ product: LINUX, category: process_creation }", true)]
    [InlineData("{ category: process_creation }", true)]
    [InlineData("{ product: linux, service: auditd }", false)]
    [InlineData("{ product: windows }", false)]
    [InlineData("{ product: linux, vendor: x }", false)]
    public void Any_means_rules_of_the_same_log_source_or_one_that_says_more(string source, bool applies)
    {
        var pack = Packs.LoadAll(
            $"title: F\nlogsource: {source}\nfilter: {{ rules: any, s: {{ User: root }}, condition: not s }}\n---\n{Packs.RuleText("s: { Image: x }\ncondition: s")}");
        var root = new FieldsOnly { ["Image"] = FieldValue.Of("x"), ["User"] = FieldValue.Of("root") };

        Assert.Equal(!applies, Assert.Single(pack.Rules).Matches(root));
        Assert.Empty(pack.Warnings);
    }

    [Fact]
    public void Custom_key_of_the_log_source_must_be_the_same()
    {
        const string Filter = "title: F\nlogsource: { product: p, vendor: X }\nfilter: { rules: any, s: { User: root }, condition: not s }\n---\n";
        var root = new FieldsOnly
        {
            ["Image"] = FieldValue.Of("i"), ["User"] = FieldValue.Of("root"), ["vendor"] = FieldValue.Of("x"),
        };
        bool Matches(string source) => Assert.Single(
            Packs.LoadAll($"{Filter}title: R\nlogsource: {{ {source} }}\ndetection: {{ s: {{ Image: i }}, condition: s }}").Rules).Matches(root);

        Assert.False(Matches("product: p, vendor: x"));
        Assert.True(Matches("product: p"));
    }

    [Fact]
    public void Meaning_of_a_filtered_rule_includes_the_filter()
    {
        string[] Hashes(params string[] texts) => [.. Packs.Load([.. texts, Packs.Letters]).Rules.Select(rule => rule.Info.SemanticHash)];
        var (plain, filtered) = (Hashes(), Hashes(NotRoot));

        Assert.NotEqual(plain[0], filtered[0]);
        Assert.Equal(plain[1..], filtered[1..]);
        Assert.NotEqual(filtered[0], Hashes(NotRoot.Replace("root", "alice", StringComparison.Ordinal))[0]);
        Assert.Equal(filtered[0], Hashes(NotRoot.Replace("[a]", "a", StringComparison.Ordinal))[0]);
    }

    [Fact]
    public void Filter_without_negation_or_with_a_name_that_fits_nothing_is_a_warning()
    {
        var pack = Packs.Load(
            "title: F\nlogsource: { product: linux, service: auditd }\nfilter:\n  rules: [a, nobody]\n  s: { User: root }\n  condition: s", Packs.Letters);

        Assert.Empty(pack.Refused);
        Assert.Equal(3, pack.Rules.Count);
        Assert.Equal(
            ["0.yml:4:11 the filter does not apply to 'a'", "0.yml:4:14 the filter names 'nobody'", "0.yml:6:14 the condition has no 'not'"],
            pack.Warnings.Select(warning => $"{warning.File}:{warning.Line}:{warning.Column} {warning.Reason.Split([':', ','])[0]}"));
        Assert.All(pack.Warnings, warning => Assert.NotEmpty(warning.WayOut));
    }

    [Theory]
    [InlineData("s: { User: x }", "rules is missing", 3, 9)]
    [InlineData("rules: any, s: { User|never: x }, condition: not s", "modifier 'never' is not known", 3, 28)]
    [InlineData("rules: [all_abc], s: { User: x }, condition: not s", "is a correlation: filters apply to rules", 3, 19)]
    [InlineData("rules: [{ a: b }], s: { User: x }, condition: not s", "a referenced rule must be text", 3, 19)]
    [InlineData("rules: any, condition: not s", "there is no search 's'", 3, 38)]
    public void Filter_is_refused_and_rules_load_without_it(string filter, string reason, int line, int column)
    {
        var text = filter.Contains("condition", StringComparison.Ordinal) ? filter : filter + ", condition: not s";
        var pack = Packs.Load(
            $"title: F\nlogsource: {{ product: linux }}\nfilter: {{ {text} }}",
            Packs.Letters + "title: X\nname: all_abc\ncorrelation: { type: temporal, rules: [a, b, c], timespan: 1s }");

        var refused = Assert.Single(pack.Refused);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(refused.WayOut);
        Assert.Equal((line, column), (refused.Line, refused.Column));
        Assert.Equal(3, pack.Rules.Count);
        Assert.Single(pack.Correlations);
    }

    [Fact]
    public void Correlation_cannot_refer_to_a_filter()
    {
        var pack = Packs.Load(
            "name: f\n" + NotRoot, Packs.Letters + "title: X\ncorrelation: { type: temporal, rules: [f, b], timespan: 1s }");

        Assert.Equal("'f' is a filter, no rule", Assert.Single(pack.Refused).Reason);
    }
}
