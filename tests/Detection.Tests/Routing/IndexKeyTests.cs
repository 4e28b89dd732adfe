using System.Globalization;
using Detection.Routing;
using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Tests.Routing;

/// <summary>What the index takes for the same: numbers and log sources that are, however they are written.</summary>
public sealed class IndexKeyTests
{
    [Theory]
    [InlineData("1", "1.0000000000000000000000000000")]
    [InlineData("1.0000000000000000000000000000", "1")]
    [InlineData("1.0000000000000000000000000000", "1.0")]
    [InlineData("-7.0000000000000000000000000000", "-7.000")]
    [InlineData("0.5000000000000000000000000000", "0.5")]
    [InlineData("7.9228162514264337593543950335", "7.9228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000000", "0")]
    public void Numbers_that_are_equal_are_found_whatever_zeros_they_end_in(string expected, string given)
    {
        var rule = Packs.Rule($"s: {{ F: {expected} }}\ncondition: s");
        var view = new RecordsView((rule.Source, FieldsOnly.With("F", FieldValue.Of(decimal.Parse(given, CultureInfo.InvariantCulture)))));

        Assert.Equal([(0, 0)], Matches.ByFullScan([rule], view));
        Assert.Equal([(0, 0)], Matches.ByIndex(new RuleScan(new RuleIndex([rule])), view));
    }

    [Fact]
    public void Log_sources_whose_words_hold_line_feeds_stay_apart()
    {
        var sources = (LogSource[])[new("a\nb", "", "c"), new("a", "b", "\nc"), new("", "a\nb\n", "c"), new("A\nB", "", "C")];
        SigmaRule[] rules = [.. sources.Select(Rule)];
        foreach (var source in sources)
        {
            var view = new RecordsView((source, FieldsOnly.With("Image", "x")));
            Assert.Equal(Matches.ByFullScan(rules, view), Matches.ByIndex(new RuleScan(new RuleIndex(rules)), view));
            Assert.NotEmpty(Matches.ByFullScan(rules, view));
        }
    }

    private static SigmaRule Rule(LogSource source)
    {
        var made = Packs.Rule("s: { Image: x }\ncondition: s");
        return new SigmaRule(made.Info, source, made.Matcher, alertsAlone: true);
    }
}
