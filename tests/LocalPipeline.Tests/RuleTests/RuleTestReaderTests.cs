using Detection.Rules;
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

    [Theory]
    [InlineData("processes: {}\ntests:\n  - name: x\n    events:\n      - { at: 0s, exec: c\n    incidents: []", 5, 7)]
    [InlineData("processes: {\n  c: { image: /a }\ntests:\n  - name: x", 2, 18)]
    [InlineData("processes:\n\tc: { image: /a }", 2, 1)]
    [InlineData("tests: [{ name: x }, { name: %x }]", 1, 30)]
    public void Broken_syntax_is_told_where_the_reader_of_rules_tells_it(string text, int line, int column)
    {
        var fault = Assert.Single(RuleTestReader.Read("broken.tests.yml", text).Faults);

        Assert.Equal((line, column), (fault.Line, fault.Column));
        var refused = Assert.Single(RuleLoader.Load([new RuleSource("x.yml", text)]).Refused);
        Assert.Equal((line, column, $"{refused.Reason} ({refused.WayOut})"), (refused.Line, refused.Column, fault.Message));
    }

    [Fact]
    public void Alias_is_a_fault()
    {
        var file = RuleTestReader.Read("alias.tests.yml", "processes: { a: &x { image: /a }, b: *x }\ntests: []");

        Assert.Contains("an alias", Assert.Single(file.Faults).Message, StringComparison.Ordinal);
    }
}
