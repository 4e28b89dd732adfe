using Detection.Taxonomy;

namespace Detection.Tests.Rules;

/// <summary>Conditions over four searches of which each holds when its letter is in the command line.</summary>
public sealed class ConditionTests
{
    private const string Searches =
        "a: { CommandLine|contains: a }\nb: { CommandLine|contains: b }\nsel_1: { CommandLine|contains: c }\n_private: { CommandLine|contains: d }\n";

    [Theory]
    [InlineData("a", "a", "b")]
    [InlineData("not a", "b", "a")]
    [InlineData("not not a", "a", "b")]
    [InlineData("a or b and sel_1", "a", "b")]
    [InlineData("a or b and sel_1", "bc", "c")]
    [InlineData("(a or b) and sel_1", "ac", "a")]
    [InlineData("not a and b", "b", "ab")]
    [InlineData("not (a and b)", "a", "ab")]
    [InlineData("1 of them", "c", "d")]
    [InlineData("any of them", "b", "d")]
    [InlineData("all of them", "abc", "ab")]
    [InlineData("all of sel_*", "c", "a")]
    [InlineData("1 of *", "c", "d")]
    [InlineData("1 of _*", "d", "abc")]
    [InlineData("_private", "d", "a")]
    [InlineData("a and not 1 of sel*", "a", "ac")]
    [InlineData("[a, b]", "b", "c")]
    [InlineData("((a))", "a", "b")]
    [InlineData("[a, b and sel_1]", "bc", "b")]
    [InlineData("any of *_1", "c", "d")]
    [InlineData("not (not a)", "a", "b")]
    [InlineData("a or not all of sel*", "a", "c")]
    [InlineData("not a or b", "b", "a")]
    public void Condition_holds_and_fails(string condition, string holds, string fails)
    {
        var rule = Packs.Rule($"{Searches}condition: {condition}");
        Assert.True(rule.Matches(FieldsOnly.With("CommandLine", holds)));
        Assert.False(rule.Matches(FieldsOnly.With("CommandLine", fails)));
    }

    [Fact]
    public void Operators_are_whole_words()
    {
        var rule = Packs.Rule("nota: { CommandLine: x }\norb: { CommandLine: y }\nall: { CommandLine: z }\ncondition: nota or orb or all");
        Assert.True(rule.Matches(FieldsOnly.With("CommandLine", "x")));
        Assert.True(rule.Matches(FieldsOnly.With("CommandLine", "z")));
        Assert.False(rule.Matches(FieldsOnly.With("CommandLine", "")));
    }

    [Theory]
    [InlineData("1 of my-sel-*", true)]
    [InlineData("all of my-sel-*", false)]
    [InlineData("my-sel-1 and not my-sel-2", true)]
    [InlineData("and_this or android", false)]
    [InlineData("not android and my-sel-1", true)]
    [InlineData("notify or nothing", true)]
    [InlineData("them_too", true)]
    public void Names_may_hold_dashes_and_begin_like_operators(string condition, bool expected)
    {
        var rule = Packs.Rule(
            "my-sel-1: { Image: x }\nmy-sel-2: { Image: y }\nand_this: { Image: y }\nandroid: { Image: y }\nnotify: { Image: x }\n"
            + $"nothing: {{ Image: y }}\nthem_too: {{ Image: x }}\ncondition: {condition}");
        Assert.Equal(expected, rule.Matches(FieldsOnly.With("Image", "x")));
    }

    [Fact]
    public void Condition_may_stand_over_several_lines()
    {
        var rule = Packs.Rule($"{Searches}condition: >\n  a and\n  not b");
        Assert.True(rule.Matches(FieldsOnly.With("CommandLine", "a")));
        Assert.False(rule.Matches(FieldsOnly.With("CommandLine", "ab")));
    }

    [Fact]
    public void Maps_are_conjunctions_and_lists_of_maps_are_disjunctions()
    {
        var rule = Packs.Rule("s:\n  - { User: u, Image: i }\n  - - User: v\n    - User: w\ncondition: s");
        Assert.True(rule.Matches(new FieldsOnly { ["User"] = FieldValue.Of("u"), ["Image"] = FieldValue.Of("i") }));
        Assert.False(rule.Matches(FieldsOnly.With("User", "u")));
        Assert.True(rule.Matches(FieldsOnly.With("User", "w")));
    }
}
