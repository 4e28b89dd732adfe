using System.Text.Json;
using Detection.Rules;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Covering;

namespace LocalPipeline.Tests.Rules;

public sealed class CoverageTests
{
    private static readonly AttackCoverage Coverage = new(RuleSet.Of(
        new RuleSource("a.yml", SampleRules.SudoThenHashes),
        new RuleSource("b.yml", SampleRules.Single("a \\e[2J copy", "Image: /a", rest: "level: low\ntags: [attack.credential_access, attack.t1003.008, attack.g0001, cve.2021-1]")),
        new RuleSource("c.yml", SampleRules.Single("untagged", "Image: /b"))).Pack);

    [Fact]
    public void The_table_counts_alerting_rules_by_tactic_and_technique()
    {
        using var output = new StringWriter { NewLine = "\n" };

        CoverageReport.WriteTable(Coverage, output);

        Assert.Equal("""
            TACTIC             RULES  HIGHEST
            credential-access  2      high

            TECHNIQUE  RULES  HIGHEST  TACTICS
            T1003.008  2      high     credential-access
                low: a \x1b[2J copy
                high: sudo then hashes

            without technique: untagged
            3 rules that alert, 1 tactics, 1 techniques

            """, output.ToString());
    }

    [Fact]
    public void The_same_as_JSON()
    {
        using var output = new StringWriter();

        CoverageReport.WriteJson(Coverage, output);

        using var json = JsonDocument.Parse(output.ToString());
        var technique = json.RootElement.GetProperty("techniques")[0];
        Assert.Equal("T1003.008", technique.GetProperty("id").GetString());
        Assert.Equal("high", technique.GetProperty("highest").GetString());
        Assert.Equal(["a \e[2J copy", "sudo then hashes"], technique.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("title").GetString()));
        Assert.Equal("untagged", json.RootElement.GetProperty("withoutTechnique")[0].GetProperty("title").GetString());
    }
}
