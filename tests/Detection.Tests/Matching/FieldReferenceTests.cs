using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Tests.Matching;

/// <summary>The modifier <c>fieldref</c>.</summary>
public sealed class FieldReferenceTests
{
    [Theory]
    [InlineData("fieldref", "abc", "ABC", true)]
    [InlineData("fieldref", "abc", "ab", false)]
    [InlineData("fieldref|cased", "abc", "ABC", false)]
    [InlineData("cased|fieldref", "abc", "abc", true)]
    [InlineData("fieldref|startswith", "abc", "AB", true)]
    [InlineData("startswith|fieldref", "abc", "bc", false)]
    [InlineData("fieldref|endswith", "abc", "BC", true)]
    [InlineData("fieldref|contains", "abc", "B", true)]
    [InlineData("fieldref|contains", "abc", "*", false)]
    [InlineData("fieldref|neq", "abc", "ABC", false)]
    [InlineData("fieldref|neq", "abc", "x", true)]
    [InlineData("fieldref|contains|neq", "abc", "b", false)]
    public void Texts_of_two_fields_are_compared(string modifiers, string image, string other, bool expected)
    {
        var e = new FieldsOnly { ["Image"] = FieldValue.Of(image), ["Other"] = FieldValue.Of(other) };
        Assert.Equal(expected, Rule(modifiers, "Other").Matches(e));
    }

    [Fact]
    public void Numbers_are_compared_as_numbers_and_with_texts_by_their_text()
    {
        var e = new FieldsOnly { ["Image"] = FieldValue.Of(42), ["Same"] = FieldValue.Of(42.0m), ["Text"] = FieldValue.Of("42"), ["Long"] = FieldValue.Of(421) };
        Assert.True(Rule("fieldref", "Same").Matches(e));
        Assert.True(Rule("fieldref", "Text").Matches(e));
        Assert.False(Rule("fieldref", "Long").Matches(e));
    }

    [Fact]
    public void Null_and_absent_fields_equal_nothing_and_any_element_of_a_list_will_do()
    {
        var e = new FieldsOnly
        {
            ["Image"] = FieldValue.Of([FieldValue.Of("x"), FieldValue.Of("y")]),
            ["List"] = FieldValue.Of([FieldValue.Of("z"), FieldValue.Of("Y")]),
            ["Nothing"] = FieldValue.Null,
        };
        Assert.True(Rule("fieldref", "List").Matches(e));
        Assert.False(Rule("fieldref", "Nothing").Matches(e));
        Assert.False(Rule("fieldref", "Absent").Matches(e));
        Assert.False(Rule("fieldref", "Absent").Matches(new FieldsOnly()));
        Assert.True(Rule("fieldref", "[Absent, List]").Matches(e));
        Assert.False(Rule("fieldref|all", "[Absent, List]").Matches(e));
    }

    private static SigmaRule Rule(string modifiers, string other) =>
        Packs.Rule($"s: {{ Image|{modifiers}: {other} }}\ncondition: s");
}
