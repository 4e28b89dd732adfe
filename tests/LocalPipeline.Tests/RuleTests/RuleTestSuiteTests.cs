using LocalPipeline.Commands;
using LocalPipeline.RuleTests;
using LocalPipeline.Tests.Rules;
using Support;

namespace LocalPipeline.Tests.RuleTests;

public sealed class RuleTestSuiteTests : IDisposable
{
    private const string Processes = """
        processes:
          bash: { image: /usr/bin/bash, user: alice, login: alice, session: 7 }
          sudo: { image: /usr/bin/sudo, parent: bash, effective: root }
          cat: { image: /usr/bin/cat, command: cat /etc/shadow, parent: sudo, user: root }
          other: { image: /usr/bin/cat, host: web-2 }
        tests:

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_story_that_gives_its_incidents_passes()
    {
        var (passed, output) = Run("""
              - name: alice reads the hashes
                events:
                  - { at: 0s, exec: sudo }
                  - { at: 10s, open: /etc/shadow, by: cat }
                incidents: [{ rule: sudo_then_hashes, at: 2 }]
              - name: a nanosecond too late
                events:
                  - { at: 0s, exec: sudo }
                  - { at: 10000000001ns, open: /etc/shadow, by: cat }
                incidents: []
            """);

        Assert.True(passed, output);
        Assert.EndsWith("  ok      alice reads the hashes\n  ok      a nanosecond too late\n2 passed, 0 failed\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_incident_is_shown_with_what_its_rules_matched()
    {
        var (passed, output) = Run("""
              - name: on two hosts
                events:
                  - { at: 0s, exec: sudo }
                  - { at: 1.5s, open: /etc/shadow, by: other }
                incidents: [{ rule: sudo then hashes }]
            """);

        Assert.False(passed);
        Assert.Contains("""
              FAILED  on two hosts (line 7)
                        - sudo then hashes  expected, did not open
                            sudo_then_hashes wants temporal_ordered within 10 s by host, of
                              sudo matches event 1 (0 s, /usr/bin/sudo)
                              hashes matches event 2 (1.5 s, /usr/bin/cat)
            0 passed, 1 failed
            """, output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_incident_at_another_event_than_said_is_missing_and_unexpected()
    {
        var (passed, output) = Run("""
              - name: numbers
                events:
                  - { at: 0s, exec: sudo }
                  - { at: 1s, open: /etc/shadow, by: cat }
                incidents: [{ rule: sudo_then_hashes, at: 1 }]
            """);

        Assert.False(passed);
        Assert.Contains("- sudo_then_hashes at event 1  expected, did not open", output, StringComparison.Ordinal);
        Assert.Contains("+ sudo_then_hashes at event 2  opened (high), not expected", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("high", true)]
    [InlineData("medium", false)]
    public void At_most_bounds_the_level_of_what_opens(string level, bool passes)
    {
        var (passed, output) = Run($"""
              - name: everyday
                events:
                  - at: 0s
                    exec: sudo
                  - at: 1s
                    open: /etc/shadow
                    by: cat
                at-most: {level}
            """);

        Assert.True(passes == passed, output);
        Assert.Equal(passes, !output.Contains("is high, above medium", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_rule_file_beside_counts_unless_the_pack_is_asked()
    {
        _folder.File("other.yml", SampleRules.Single("any start", "Image|contains: /"));
        const string Story = """
              - name: one start
                events: [{ at: 0s, exec: sudo }]
                incidents: []
            """;

        Assert.True(Run(Story).Passed);
        Assert.False(Run(Story + "\n    against: pack").Passed);
    }

    [Fact]
    public void An_event_that_the_agent_would_keep_to_itself_is_noted()
    {
        _folder.File("rule.yml", SampleRules.Single("opened", "TargetFilename: /srv/secret", "file_access", "name: opened"));
        var (passed, output) = Run("""
              - name: an unwatched file
                events: [{ at: 0s, open: /srv/secret, by: cat }]
                incidents: [{ rule: opened, at: 1 }]
            """, rules: null);

        Assert.True(passed, output);
        Assert.Contains("note: event 1 would not leave a host with the shipped configuration: no watch list names /srv/secret", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- { name: x, events: [{ at: 0s, exec: nobody }], incidents: [] }", "7:41: there is no process 'nobody'")]
    [InlineData("- { name: x, events: [{ at: 0s, exec: sudo, open: /a }], incidents: [] }", "exactly one of exec, open, call, connect, send, exit")]
    [InlineData("- { name: x, events: [{ at: 0s, exec: sudo, mode: read }], incidents: [] }", "an event with exec has no key 'mode'")]
    [InlineData("- { name: x, events: [{ at: 5, exec: sudo }], incidents: [] }", "'5' is not a time")]
    [InlineData("- { name: x, events: [{ at: 0.5ns, exec: sudo }], incidents: [] }", "whole ns")]
    [InlineData("- { name: x, events: [{ at: 2s, exec: sudo }, { at: 1s, exec: cat }], incidents: [] }", "in the order of time")]
    [InlineData("- { name: x, events: [{ at: 0s, connect: 203.0.113.7, by: cat }], incidents: [] }", "not an address with port")]
    [InlineData("- { name: x, events: [{ at: 0s, open: shadow, by: cat }], incidents: [] }", "not an absolute path")]
    [InlineData("- { name: x, events: [{ at: 0s, open: /a }], incidents: [] }", "needs by")]
    [InlineData("- { name: x, events: [{ at: 0s, exec: sudo }] }", "a test needs incidents")]
    [InlineData("- { name: x, events: [{ at: 0s, exec: sudo }], incidents: [{ rule: sudo, at: 2 }] }", "not a number from 0 to 1")]
    [InlineData("- { name: x, events: [{ at: 0s, call: open, by: sudo }], incidents: [] }", "call 'open' is not one of those")]
    [InlineData("- { name: x, events: [{ at: 0s, call: rename, by: sudo }], incidents: [] }", "rename needs path")]
    [InlineData("- { name: x, events: [{ at: 0s, call: unlink, path: /a, from: /b, by: sudo }], incidents: [] }", "unlink has no from")]
    [InlineData("- { name: x, events: [{ at: 0s, call: chmod, path: /a, mode: 10000, by: sudo }], incidents: [] }", "mode '10000' is not an octal")]
    [InlineData("- { name: x, events: [{ at: 0s, call: chmod, path: /a, mode: '8', by: sudo }], incidents: [] }", "mode '8' is not an octal")]
    [InlineData("- { name: x, events: [{ at: 0s, call: setns, error: ENOENTRY, by: sudo }], incidents: [] }", "error 'ENOENTRY' is not a name")]
    [InlineData("- { name: x, event: [] }", "7:16: a test has no key 'event'")]
    [InlineData("- { name: \"\\e[31m\", events: [{ at: 0s, exec: \"\\e[2J\" }], incidents: [] }", "there is no process '\\x1b[2J'")]
    public void A_fault_is_told_with_its_place_and_fails_the_run(string test, string fault)
    {
        var (passed, output) = Run("  " + test);

        Assert.False(passed);
        Assert.Contains(fault, output, StringComparison.Ordinal);
        Assert.Contains("0 passed, 1 failed", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Theory]
    [InlineData("a: { image: /a, parent: a }", "is its own ancestor")]
    [InlineData("a: { image: /a, parent: b }", "there is no process 'b'")]
    [InlineData("a: { image: /a, host: x }, b: { image: /b, parent: a, host: y }", "its parent runs on x")]
    [InlineData("a: { image: a }", "not an absolute path")]
    [InlineData("a: { image: /a, argv: [a], command: a }", "argv and command say the same")]
    [InlineData("a: { user: root }", "needs an image")]
    public void A_fault_among_the_processes_spoils_the_file(string processes, string fault)
    {
        _folder.File("rule.yml", SampleRules.SudoThenHashes);
        _folder.File("rule.tests.yml", $"processes: {{ {processes} }}\ntests: [{{ name: x, events: [{{ at: 0s, exec: a }}], incidents: [] }}]");

        var (passed, output) = RunFolder();

        Assert.False(passed);
        Assert.Contains(fault, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_any_test_is_not_green()
    {
        _folder.File("rule.yml", SampleRules.SudoThenHashes);

        var (passed, output) = RunFolder();

        Assert.False(passed);
        Assert.Contains("there are no tests", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_rule_is_told_and_fails_the_run()
    {
        _folder.File("bad.yml", SampleRules.Single("bad", "Image|nonsense: x"));

        var (passed, output) = Run("  - { name: x, events: [{ at: 0s, exec: bash }], incidents: [] }");

        Assert.False(passed);
        Assert.Contains("'bad' refused", output, StringComparison.Ordinal);
        Assert.Contains("1 passed, 0 failed, 1 rules refused", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_without_a_rule_file_beside_fail_and_say_so()
    {
        var (passed, output) = Run("  - { name: x, events: [{ at: 0s, exec: bash }], incidents: [] }", rules: null);

        Assert.False(passed);
        Assert.Contains($"FAILED  x (line 7)\n            no rule was loaded from {_folder["rule.yml"]}: write it", output, StringComparison.Ordinal);
        Assert.Contains("0 passed, 1 failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_against_the_pack_need_no_rule_file_beside()
    {
        _folder.File("other.yml", SampleRules.Single("t", "Image: /a"));

        Assert.True(Run("  - { name: x, against: pack, events: [{ at: 0s, exec: bash }], incidents: [] }", rules: null).Passed);
    }

    [Fact]
    public void Tests_of_a_rule_that_was_refused_fail_with_the_reason()
    {
        var (passed, output) = Run(
            "  - { name: x, events: [{ at: 0s, exec: bash }], incidents: [] }", SampleRules.Single("bad", "Image|nonsense: x"));

        Assert.False(passed);
        Assert.Contains($"a rule beside it was refused: {_folder["rule.yml"]}:5:16: modifier 'nonsense' is not known", output, StringComparison.Ordinal);
        Assert.Contains("0 passed, 1 failed, 1 rules refused", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_that_are_not_UTF_8_are_a_fault_with_its_place()
    {
        _folder.File("rule.yml", SampleRules.SudoThenHashes);
        File.WriteAllBytes(_folder["rule.tests.yml"], "tests:\n  - name: m\u00fcller\n".Select(c => (byte)c).ToArray());

        Assert.Contains("rule.tests.yml:2:12: the file is not UTF-8: byte FC", RunFolder().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_has_two_names_is_played_once()
    {
        File.CreateSymbolicLink(_folder["l"], ".");
        var (passed, output) = Run("  - { name: x, events: [{ at: 0s, exec: bash }], incidents: [] }");

        Assert.True(passed, output);
        Assert.EndsWith("1 passed, 0 failed\n", output, StringComparison.Ordinal);
    }

    private (bool Passed, string Output) Run(string tests, string? rules = SampleRules.SudoThenHashes)
    {
        if (rules is not null)
        {
            _folder.File("rule.yml", rules);
        }

        _folder.File("rule.tests.yml", Processes + tests);
        return RunFolder();
    }

    private (bool Passed, string Output) RunFolder()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var passed = RuleTestSuite.Run([_folder.Path], SharedOptions.ReadAgentOptions(null), output);
        return (passed, output.ToString());
    }
}
