using Detection.Findings;
using Detection.Rules;
using Detection.Taxonomy;
using Support;

namespace Detection.Tests.Rules;

public sealed class RuleLoaderTests
{
    private const string Ordered = "title: AB\nname: ab\ncorrelation: { type: temporal_ordered, rules: [a, b], timespan: 90m, group-by: [host, User] }";

    [Fact]
    public void Correlation_may_stand_before_its_rules_and_in_another_file()
    {
        var pack = Packs.Load(Ordered, Packs.Letters);

        Assert.Empty(pack.Refused);
        var correlation = Assert.Single(pack.Correlations);
        Assert.Equal(CorrelationType.TemporalOrdered, correlation.Type);
        Assert.Equal(["A", "B"], correlation.Rules.Select(rule => rule.Info.Title));
        Assert.Equal(5_400_000_000_000, correlation.TimespanNs);
        Assert.Equal([GroupKind.Host, GroupKind.Field], correlation.GroupBy.Select(entry => entry.Kind));
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("generate: true\n", "", true)]
    [InlineData("", ", generate: true", true)]
    [InlineData("generate: True\n", "", true)]
    [InlineData("", ", generate: TRUE", true)]
    [InlineData("generate: false\n", ", generate: false", false)]
    public void Referenced_rule_alerts_alone_only_when_generate_says_so(string outer, string inner, bool alone)
    {
        var pack = Packs.LoadAll($"{Packs.Letters}title: AB\n{outer}correlation: {{ type: temporal_ordered, rules: [a, b], timespan: 1s{inner} }}");

        Assert.Equal([alone, alone, true], pack.Rules.Select(rule => rule.AlertsAlone));
    }

    [Fact]
    public void Parts_of_a_refused_correlation_stay_silent()
    {
        var pack = Packs.Load(Packs.Letters + "title: AB\ncorrelation: { type: temporal, rules: [a, b], timespan: never }");

        Assert.Single(pack.Refused);
        Assert.Equal([false, false, true], pack.Rules.Select(rule => rule.AlertsAlone));
    }

    [Fact]
    public void Everything_people_are_told_is_read()
    {
        var rule = Assert.Single(Packs.LoadAll("""
            title: The title
            id: 7f3a1c2e-0000-4000-8000-000000000001
            name: the_name
            description: |
              Two lines
              of text.
            level: critical
            tags: [attack.t1059]
            falsepositives: none
            references:
              - https://example.org/
            next_steps:
              - Look.
              - Think.
            logsource: { category: file_event, product: linux }
            detection: { s: { Image: a }, condition: s }
            """).Rules).Info;

        Assert.Equal("7f3a1c2e-0000-4000-8000-000000000001", rule.Id);
        Assert.Equal("The title", rule.Title);
        Assert.Equal("Two lines\nof text.", rule.Description);
        Assert.Equal(RuleLevel.Critical, rule.Level);
        Assert.Equal(["attack.t1059"], rule.Tags);
        Assert.Equal(["none"], rule.FalsePositives);
        Assert.Equal(["https://example.org/"], rule.References);
        Assert.Equal(["Look.", "Think."], rule.NextSteps);
        Assert.Equal("0.yml", rule.File);
        Assert.Matches("^[0-9a-f]{16}$", rule.SemanticHash);
    }

    [Fact]
    public void Semantic_hash_changes_with_the_meaning_and_not_with_texts()
    {
        static string Hash(string text) => Packs.LoadAll(text).Rules[0].Info.SemanticHash;
        var hash = Hash("title: T\nlogsource: { product: linux, category: file_event }\ndetection: { s: { Image: a, User: b }, condition: s }");

        Assert.Equal(hash, Hash("title: Other\nlevel: low\nlogsource:\n  category: file_event # why\n  product: linux\n  definition: x\ndetection:\n  condition: s\n  s:\n    User: b\n    Image: a\n"));
        Assert.NotEqual(hash, Hash("title: T\nlogsource: { product: linux, category: file_access }\ndetection: { s: { Image: a, User: b }, condition: s }"));
        Assert.NotEqual(hash, Hash("title: T\nlogsource: { product: linux, category: file_event }\ndetection: { s: { Image: a, User: c }, condition: s }"));
    }

    [Fact]
    public void Semantic_hash_of_a_correlation_follows_its_rules()
    {
        static string Hash(string letters) => Packs.Load(letters, Ordered).Correlations[0].Info.SemanticHash;

        Assert.Equal(Hash(Packs.Letters), Hash(Packs.Letters.Replace("title: A", "title: AAA", StringComparison.Ordinal)));
        Assert.NotEqual(Hash(Packs.Letters), Hash(Packs.Letters.Replace("Image|contains: a", "Image|contains: z", StringComparison.Ordinal)));
    }

    [Fact]
    public void Shipped_rules_load_without_refusal()
    {
        var files = Directory.EnumerateFiles(Repository.File("rules"), "*.yml", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal)).ToList();
        var pack = RuleLoader.Load(files.Select(file => new RuleSource(file, File.ReadAllText(file))));

        Assert.NotEmpty(files);
        Assert.Empty(pack.Refused);
        Assert.Empty(pack.Warnings);
        var alerting = pack.Correlations.Where(rule => rule.AlertsAlone).ToList();
        Assert.NotEmpty(alerting);
        Assert.All(alerting, rule => Assert.NotEmpty(rule.Info.NextSteps));
        Assert.All(alerting, rule => Assert.NotEmpty(rule.Info.FalsePositives));
    }

    [Fact]
    public void Every_field_of_the_taxonomy_is_in_the_documentation()
    {
        var text = File.ReadAllText(Repository.File("docs/rules.md"));

        Assert.All(HostTaxonomy.FieldNames(EventCategory.All), name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
    }
}
