using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Tests.Rules;

public sealed class LogSourceTests
{
    [Theory]
    [InlineData("{ category: process_creation, product: linux }", "process_creation", "linux", "")]
    [InlineData("{ product: windows, service: security, definition: [any, thing] }", "", "windows", "security")]
    [InlineData("{ service: my.own-service }", "", "", "my.own-service")]
    public void Any_log_source_loads(string source, string category, string product, string service) =>
        Assert.Equal(new LogSource(category, product, service), Rule(source).Source);

    [Fact]
    public void Custom_key_is_a_field_that_the_record_must_have()
    {
        var rule = Rule("{ product: p, vendor: Acme, tier: 2 }");

        Assert.True(rule.Matches(new FieldsOnly { ["Image"] = FieldValue.Of("a"), ["vendor"] = FieldValue.Of("ACME"), ["tier"] = FieldValue.Of(2) }));
        Assert.False(rule.Matches(new FieldsOnly { ["Image"] = FieldValue.Of("a"), ["vendor"] = FieldValue.Of("other"), ["tier"] = FieldValue.Of(2) }));
        Assert.False(rule.Matches(FieldsOnly.With("Image", "a")));
    }

    [Fact]
    public void Fields_are_numbered_once_for_all_rules()
    {
        var pack = Packs.LoadAll(Packs.RuleText("s: { Image: a, Never_heard_of: b }\ncondition: s") + "\n---\n" + Packs.Letters
            + "title: T\ncorrelation: { type: event_count, rules: a, timespan: 1s, group-by: [Image, Other], condition: { gte: 2 } }");

        Assert.Equal(["Image", "Never_heard_of", "Other"], pack.Fields.Select(field => field.Name));
        Assert.Equal([0, 1, 2], pack.Fields.Select(field => field.Index));
    }

    private static SigmaRule Rule(string source) =>
        Assert.Single(Packs.LoadAll($"title: T\nlogsource: {source}\ndetection: {{ s: {{ Image: a }}, condition: s }}").Rules);
}
