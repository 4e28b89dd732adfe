using Detection.Taxonomy;

namespace Detection.Tests.Rules;

/// <summary>YAML anchors and aliases.</summary>
public sealed class AliasTests
{
    [Fact]
    public void Alias_stands_for_the_node_with_the_anchor()
    {
        const string Text = """
            title: T
            logsource: &source { product: linux }
            detection:
              one:
                CommandLine|contains: &words [curl, wget]
                User: &user root
              two:
                ParentCommandLine|contains: *words
                LoginUser: *user
              condition: one or two
            ---
            title: U
            logsource: { product: linux }
            detection: { s: { User: &user alice }, t: { Image: *user }, condition: s or t }
            """;
        var rules = Packs.LoadAll(Text).Rules;

        Assert.True(rules[0].Matches(new FieldsOnly { ["ParentCommandLine"] = Of("curl x"), ["LoginUser"] = Of("root") }));
        Assert.True(rules[0].Matches(new FieldsOnly { ["CommandLine"] = Of("wget x"), ["User"] = Of("root") }));
        Assert.False(rules[0].Matches(new FieldsOnly { ["ParentCommandLine"] = Of("curl x"), ["LoginUser"] = Of("alice") }));
        Assert.True(rules[1].Matches(FieldsOnly.With("Image", "alice")));
    }

    [Fact]
    public void Written_out_it_is_the_same_rule()
    {
        static string Hash(string detection) => Packs.Rule(detection).Info.SemanticHash;

        Assert.Equal(
            Hash("s: { Image: &i [a, b] }\nt: { User: *i }\ncondition: s or t"), Hash("s: { Image: [a, b] }\nt: { User: [a, b] }\ncondition: s or t"));
    }

    [Fact]
    public void Anchor_ends_with_its_document()
    {
        var pack = Packs.Load(Packs.RuleText("s: { Image: &i a }\ncondition: s") + "\n---\n" + Packs.RuleText("s: { Image: *i }\ncondition: s"));

        Assert.Single(pack.Rules);
        Assert.Contains("'i'", Assert.Single(pack.Refused).Reason, StringComparison.Ordinal);
    }

    private static FieldValue Of(string text) => FieldValue.Of(text);
}
