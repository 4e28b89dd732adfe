namespace Detection.Tests.Rules;

/// <summary>Searches that stand in a rule or filter and that its condition never asks for.</summary>
public sealed class UnusedSearchTests
{
    [Theory]
    [InlineData("selection")]
    [InlineData("not selection")]
    [InlineData("1 of sel*")]
    [InlineData("selection or selection")]
    public void A_search_that_the_condition_never_uses_is_warned_of_and_the_rule_loads(string condition)
    {
        var pack = Packs.Load(Packs.RuleText($"selection: {{ Image: a }}\nfilter: {{ Image: b }}\ncondition: {condition}"));

        Assert.Single(pack.Rules);
        var warning = Assert.Single(pack.Warnings);
        Assert.Equal((7, 3, "T", "the condition never uses the search 'filter'"), (warning.Line, warning.Column, warning.Title, warning.Reason));
    }

    [Theory]
    [InlineData("selection and not filter")]
    [InlineData("selection and not 1 of filter*")]
    [InlineData("1 of them")]
    [InlineData("[selection, filter]")]
    [InlineData("not (selection or filter)")]
    public void A_search_that_is_used_in_any_way_is_not(string condition) =>
        Assert.Empty(Packs.Load(Packs.RuleText($"selection: {{ Image: a }}\nfilter: {{ Image: b }}\ncondition: {condition}")).Warnings);

    [Fact]
    public void A_name_that_begins_with_an_underscore_says_that_it_is_meant_so() =>
        Assert.Empty(Packs.Load(Packs.RuleText("selection: { Image: a }\n_spare: { Image: b }\ncondition: 1 of them")).Warnings);

    [Fact]
    public void Filters_are_looked_at_too()
    {
        var filter = "title: F\nlogsource: { product: linux }\nfilter:\n  rules: any\n  a: { Image: a }\n  b: { Image: b }\n  condition: not a";

        Assert.Equal("the condition never uses the search 'b'", Assert.Single(Packs.Load(filter).Warnings).Reason);
    }

    [Fact]
    public void Of_a_refused_rule_nothing_is_warned_of() =>
        Assert.Empty(Packs.Load(Packs.RuleText("selection: { Image: a }\ncondition: selction")).Warnings);
}
