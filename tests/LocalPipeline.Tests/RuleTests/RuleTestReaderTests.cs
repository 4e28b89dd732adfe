using LocalPipeline.RuleTests;

namespace LocalPipeline.Tests.RuleTests;

/// <summary>Texts that a reader of trees cannot take.</summary>
public sealed class RuleTestReaderTests
{
    [Theory]
    [InlineData("[", 200_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    public void Text_that_is_nested_too_deep_is_a_fault(string open, int times)
    {
        var file = RuleTestReader.Read("deep.tests.yml", string.Concat(Enumerable.Repeat(open, times)));

        Assert.Contains("deeper than 32", Assert.Single(file.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alias_is_a_fault()
    {
        var file = RuleTestReader.Read("alias.tests.yml", "processes: { a: &x { image: /a }, b: *x }\ntests: []");

        Assert.Contains("an alias", Assert.Single(file.Faults).Message, StringComparison.Ordinal);
    }
}
