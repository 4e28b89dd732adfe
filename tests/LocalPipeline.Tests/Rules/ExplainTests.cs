using System.Text;
using Detection.Rules;
using LocalPipeline.Replay;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Explaining;
using Wire.Model;

namespace LocalPipeline.Tests.Rules;

public sealed class ExplainTests
{
    private const string Events = """
        {"@timestamp":"2026-01-01T00:00:00Z","category":"process_creation","product":"linux","host":"a","seq":1,"Image":"/usr/bin/sudo","CommandLine":"sudo \u001b[2J"}
        {"@timestamp":"2026-01-01T00:00:05.5Z","category":"file_access","product":"linux","host":"a","seq":2,"TargetFilename":"/etc/shadow"}
        """;

    [Fact]
    public void A_rule_is_a_tree_in_which_every_item_says_what_it_saw()
    {
        const string Rule = """
            title: t
            logsource: { product: linux, category: process_creation }
            detection:
              selection:
                Image|endswith: /sudo
                CommandLine|contains: [cat, dd]
              filter:
                User: root
              condition: selection and not filter
            """;

        Assert.Equal("""
            t (medium, 0.yml)
              event 1 as linux/process_creation: does not match
                ✗ all of these
                  ✗ search selection
                    ✗ all of these
                      ✓ line 5: Image|endswith: '*/sudo'  saw "/usr/bin/sudo"
                      ✗ line 6: CommandLine|contains: '*cat*' or '*dd*'  saw "sudo \x1b[2J"
                  ✓ not
                    ✗ search filter
                      ✗ line 8: User: 'root'  saw nothing: the record has no such field
              event 2: the rule does not see it; it looks at linux/process_creation only

            """, Explain(Rule, "t"));
    }

    [Fact]
    public void A_pattern_is_shown_as_the_rule_has_it_and_is_harmless_all_the_same()
    {
        var text = Explain(SampleRules.Single("t", @"CommandLine|re: ""^sudo\\s+\e[^\\d]$"", Image: 'C:\x\*'"), "t");

        Assert.Contains(@"CommandLine|re: /^sudo\s+\x1b[^\d]$/  saw", text, StringComparison.Ordinal);
        Assert.Contains(@"Image: 'C:\x\*'", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
    }

    [Fact]
    public void A_correlation_says_which_events_fill_its_roles_and_where_it_fired() => Assert.Equal("""
        sudo then hashes (high, 0.yml)
          temporal_ordered within 10 s by host, over
            sudo: matched by event 1
            hashes: matched by event 2
          fired at event 2, window of 10 s before it, group host = a
            event 1, 5.5 s before: sudo
            event 2, 0 s before: hashes

        """, Explain(SampleRules.SudoThenHashes, "sudo_then_hashes"));

    [Fact]
    public void A_correlation_that_did_not_fire_says_so_and_explains_the_part_that_nothing_matched()
    {
        var text = Explain(SampleRules.SudoThenHashes.Replace("/etc/shadow", "/etc/gshadow", StringComparison.Ordinal), "sudo_then_hashes");

        Assert.Contains("    hashes: matched by no event\n  hashes is never matched:\n", text, StringComparison.Ordinal);
        Assert.Contains("✗ line 20: TargetFilename: '/etc/gshadow'  saw \"/etc/shadow\"", text, StringComparison.Ordinal);
        Assert.EndsWith("  did not fire: no group has what it asks within its window\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_correlation_whose_group_key_the_events_lack_says_which_and_what_to_write()
    {
        var text = Explain(SampleRules.SudoThenHashes.Replace("[host]", "[lineage]", StringComparison.Ordinal), "sudo_then_hashes");

        Assert.Contains(
            "  did not fire: no group has what it asks within its window\n"
            + "  all 2 matches of its parts take part in no group, so it cannot fire: 2 without a value of the group-by key 'lineage' (plain JSON events",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inner_correlation_without_group_key_is_named()
    {
        const string Outer = "---\ntitle: outer\nname: outer\ncorrelation: { type: event_count, rules: [sudo_then_hashes], timespan: 1m, condition: { gte: 1 } }\n";

        Assert.Contains(
            "  sudo_then_hashes: all 2 matches of its parts", Explain(SampleRules.SudoThenHashes.Replace("[host]", "[lineage]", StringComparison.Ordinal) + Outer, "outer"),
            StringComparison.Ordinal);
    }

    private static string Explain(string rules, string reference)
    {
        var set = RuleSet.Of(new RuleSource("0.yml", rules));
        var log = new FieldEventLog("events", TextWriter.Null);
        (HostEvent Event, long Number)[] events =
            [.. log.Read(new MemoryStream(Encoding.UTF8.GetBytes(Events))).Select(e => ((HostEvent)e, e.Line))];
        Assert.Equal(0, log.Faults);
        using var output = new StringWriter { NewLine = "\n" };
        new RuleExplainer(events, output).Explain(set.Pack, Assert.Single(set.Find(reference)));
        return output.ToString();
    }
}
