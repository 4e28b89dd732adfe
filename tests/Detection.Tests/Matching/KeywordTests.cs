using Detection.Taxonomy;

namespace Detection.Tests.Matching;

/// <summary>Searches without a field look into every value of the record.</summary>
public sealed class KeywordTests
{
    private static readonly FieldsOnly Record = new()
    {
        ["message"] = FieldValue.Of("Failed password for root"),
        ["program"] = FieldValue.Of("sshd"),
        ["code"] = FieldValue.Of(4625),
        ["ips"] = FieldValue.Of([FieldValue.Of("10.1.2.3"), FieldValue.Of("other")]),
        ["empty"] = FieldValue.Null,
    };

    [Theory]
    [InlineData("s: failed PASSWORD", true)]
    [InlineData("s: [nothing, 'failed password']", true)]
    [InlineData("s: [nothing, neither]", false)]
    [InlineData("s: 'failed*root'", true)]
    [InlineData("s: 'failed*sshd'", false)]
    [InlineData("s: 'passw?rd'", true)]
    [InlineData("s: 'passw\\?rd'", false)]
    [InlineData("s: 462", true)]
    [InlineData("s: [4626]", false)]
    [InlineData("s: other", true)]
    [InlineData("s: { '|all': [password, ssh] }", true)]
    [InlineData("s: { '|all': [password, nothing] }", false)]
    [InlineData("s: { '': [password, nothing] }", true)]
    [InlineData("s: { '|contains|all': [password, ssh] }", true)]
    [InlineData("s: { '|startswith': password }", false)]
    [InlineData("s: { '|startswith': failed }", true)]
    [InlineData("s: { '|endswith': root }", true)]
    [InlineData("s: { '|cased': failed }", false)]
    [InlineData("s: { '|cased': Failed }", true)]
    [InlineData("s: { '|re': '^Failed .*root$' }", true)]
    [InlineData("s: { '|re|i': '^failed' }", true)]
    [InlineData("s: { '|re': '^password' }", false)]
    [InlineData("s: { '|cidr': 10.0.0.0/8 }", true)]
    [InlineData("s: { '|cidr': 11.0.0.0/8 }", false)]
    [InlineData("s: { '|neq': nothing }", true)]
    [InlineData("s: { '|neq': password }", false)]
    [InlineData("s: { '|all': [password, ssh], code: 4625 }", true)]
    [InlineData("s: { '|all': [password, ssh], code: 1 }", false)]
    [InlineData("s: [nothing, { code: 4625 }]", true)]
    [InlineData("s: [password, { code: 1 }]", true)]
    [InlineData("s: [nothing, { code: 1 }]", false)]
    [InlineData("s: [[nothing, [password]], { code: 1 }]", true)]
    [InlineData("s: [{ '|all': [nothing] }, { program: sshd, code: 4625 }]", true)]
    public void Keyword_is_found_in_any_value(string search, bool expected) =>
        Assert.Equal(expected, Packs.Rule(search + "\ncondition: s").Matches(Record));

    [Fact]
    public void Record_without_values_has_no_keyword() =>
        Assert.False(Packs.Rule("s: { '|re': '.*' }\ncondition: s").Matches(new FieldsOnly()));
}
