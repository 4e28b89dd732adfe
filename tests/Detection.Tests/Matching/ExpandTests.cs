namespace Detection.Tests.Matching;

/// <summary>The modifier <c>expand</c> with values from a document of placeholders.</summary>
public sealed class ExpandTests
{
    private const string Values = "placeholders:\n  admin: [alice, 'bob*']\n  one: 7\n  tail: x\n---\n";

    [Theory]
    [InlineData("User|expand: '%admin%'", "Alice", true)]
    [InlineData("User|expand: '%admin%'", "bobby", true)]
    [InlineData("User|expand: '%admin%'", "carol", false)]
    [InlineData("User|expand: 'u-%admin%-%one%'", "u-alice-7", true)]
    [InlineData("User|expand: 'u-%admin%-%one%'", "u-alice-8", false)]
    [InlineData("User|expand|contains: '%admin%'", "xalicex", true)]
    [InlineData("User|contains|expand: '%admin%'", "xalicex", true)]
    [InlineData("User|expand|base64: 'u%one%'", "dTc=", true)]
    [InlineData("User|expand|cased: '%tail%'", "X", false)]
    [InlineData("User|expand: '\\%admin%'", "%admin%", true)]
    [InlineData("User|expand: '\\%admin%'", "alice", false)]
    [InlineData("User|expand: '\\\\%tail%'", "\\x", true)]
    [InlineData("User|expand: '100%'", "100%", true)]
    [InlineData("User|expand: '100%%'", "100%%", true)]
    [InlineData("User|expand: plain", "plain", true)]
    [InlineData("User: '%admin%'", "alice", false)]
    [InlineData("User: '%admin%'", "%admin%", true)]
    [InlineData("User|expand|all: ['*%tail%*', '%admin%']", "bobx", true)]
    [InlineData("User|expand|all: ['*%tail%*', '%admin%']", "alice", false)]
    public void Placeholders_stand_for_any_of_their_values(string item, string text, bool expected)
    {
        var pack = Packs.LoadAll(Values + Packs.RuleText($"s:\n  {item}\ncondition: s"));
        Assert.Equal(expected, Assert.Single(pack.Rules).Matches(FieldsOnly.With("User", text)));
    }

    [Fact]
    public void Values_may_stand_in_any_file_and_change_the_meaning_of_the_rules_that_use_them()
    {
        var rule = Packs.RuleText("s: { User|expand: '%admin%' }\ncondition: s");
        var other = Packs.RuleText("s: { User: alice }\ncondition: s");
        string[] Hashes(string values) => [.. Packs.Load(rule, other, values).Rules.Select(one => one.Info.SemanticHash)];

        var (before, after) = (Hashes(Values), Hashes(Values.Replace("alice", "eve", StringComparison.Ordinal)));
        Assert.NotEqual(before[0], after[0]);
        Assert.Equal(before[1], after[1]);
        Assert.Equal(before, Hashes(Values.Replace("one: 7", "one: 8", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("placeholders: { a: x }\ntitle: T", 1, 1, "holds nothing else", "document of its own")]
    [InlineData("placeholders: [a]", 1, 15, "placeholders must be a map", "key: value")]
    [InlineData("placeholders: { a: [] }", 1, 20, "placeholder 'a' has no value", "list of texts")]
    [InlineData("placeholders: { a: { b: c } }", 1, 20, "a placeholder must be text", "one text")]
    [InlineData("placeholders: { 'a%': c }", 1, 17, "'a%' is not the name", "no %")]
    [InlineData("placeholders: { a: x }\n---\nplaceholders: { b: x, a: y }", 3, 23, "'a' already has values at 0.yml:1", "one list")]
    public void Values_are_refused_with_place_reason_and_way_out(string text, int line, int column, string reason, string wayOut) =>
        Rules.Refusals.AssertRefused(text, line, column, reason, wayOut, others: Packs.Letters);

    [Fact]
    public void Values_that_multiply_without_bound_are_refused()
    {
        var many = "placeholders: { m: [" + string.Join(", ", Enumerable.Range(1, 200)) + "] }\n---\n";
        var refused = Assert.Single(Packs.Load(many + Packs.RuleText("s: { User|expand: '%m%%m%%m%%m%%m%' }\ncondition: s")).Refused);
        Assert.Contains("more than 10000 texts", refused.Reason, StringComparison.Ordinal);
    }
}
