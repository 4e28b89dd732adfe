using Detection.Rules;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Listing;

namespace LocalPipeline.Tests.Rules;

public sealed class RuleTableTests
{
    [Fact]
    public void A_median_is_called_as_its_author_called_it()
    {
        using var output = new StringWriter { NewLine = "\n" };
        const string Median = "---\ntitle: c\ncorrelation: { type: value_median, rules: [t], timespan: 1m, condition: { field: Size, gte: 2 } }\n";

        RuleTable.Write(RuleSet.Of(new RuleSource("a.yml", SampleRules.Single("t", "Image: /a", rest: "name: t") + Median)), output, TextWriter.Null);

        Assert.Contains("value_median", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("value_percentile", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_has_a_line_with_what_people_ask_for_and_names_are_harmless()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var messages = new StringWriter { NewLine = "\n" };

        RuleTable.Write(
            RuleSet.Of(
                new RuleSource("a.yml", SampleRules.SudoThenHashes),
                new RuleSource("b.yml", SampleRules.Single("a \\e[2J rule", "Image: /a", rest: "level: critical")),
                new RuleSource("c.yml", SampleRules.Single("bad", "Image|x: /a, User|y: z"))),
            output, messages);

        Assert.Equal("""
            LEVEL            TITLE             ID                                    KIND              LOGSOURCE                                  FILE
            critical         a \x1b[2J rule    -                                     event rule        linux/process_creation                     b.yml
            high             sudo then hashes  6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11  temporal_ordered  linux/process_creation, linux/file_access  a.yml
            medium (silent)  hashes            -                                     event rule        linux/file_access                          a.yml
            medium (silent)  sudo              -                                     event rule        linux/process_creation                     a.yml
            3 rules and 1 correlations loaded from 3 files, 1 refused

            """, output.ToString());
        Assert.Equal(2, messages.ToString().Split("'bad' refused").Length - 1);
    }
}
