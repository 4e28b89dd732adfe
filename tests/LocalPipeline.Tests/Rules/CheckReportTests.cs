using Detection.Rules;
using LocalPipeline.Commands;
using LocalPipeline.Rules;
using LocalPipeline.Rules.Checking;

namespace LocalPipeline.Tests.Rules;

public sealed class CheckReportTests
{
    [Fact]
    public void Rules_that_load_and_can_fire_give_only_the_sum() =>
        Assert.Equal("2 rules and 1 correlations loaded from 1 files, 0 refused, 0 warnings\n", Check(SampleRules.SudoThenHashes).Text);

    [Fact]
    public void A_refused_rule_is_listed_with_place_and_reason_and_harmless_for_a_terminal()
    {
        var (refused, _, text) = Check(SampleRules.Single("\\e[31mred", "Image|nonsense: x"));

        Assert.Equal(1, refused);
        Assert.StartsWith("REFUSED  rules/0.yml:5:", text, StringComparison.Ordinal);
        Assert.Contains("\\x1b[31mred", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', text);
    }

    [Theory]
    [InlineData("levle: high", "levle", "level")]
    [InlineData("falsepositive: [none]", "falsepositive", "falsepositives")]
    [InlineData("Level: high", "Level", "level")]
    [InlineData("logsorce: { product: windows }", "logsorce", "logsource")]
    [InlineData("detections: {}", "detections", "detection")]
    public void A_key_that_looks_misspelled_is_warned_of(string line, string key, string meant)
    {
        var (refused, warnings, text) = Check(SampleRules.Single("t", "Image: /a") + line + "\n");

        Assert.Equal((0, 1), (refused, warnings));
        Assert.Contains($"the key {key} means nothing here, and is ignored\n         way out: did you mean {meant}?\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_ones_own_are_not_warned_of() =>
        Assert.EndsWith("0 refused, 0 warnings\n", Check(SampleRules.Single("t", "Image: /a") + "owner: soc\nlevel: low\ndate: 2026-11-26\nnote: x\nx: y\n").Text, StringComparison.Ordinal);

    [Fact]
    public void A_misspelled_log_source_is_refused_and_the_key_named()
    {
        var (refused, _, text) = Check("title: t\nlogsorce: { product: linux }\ndetections: { s: { Image: /a }, condition: s }\n");

        Assert.Equal(1, refused);
        Assert.Contains("did you mean logsource?", text, StringComparison.Ordinal);
        Assert.Contains("did you mean detection?", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nonsense: x")]
    [InlineData("Image: /a, Nonsense: x")]
    [InlineData("Image: /a, Nonsense|exists: true")]
    [InlineData("DestinationPort: 80")]
    public void A_field_that_is_never_produced_is_warned_of(string search)
    {
        var (refused, warnings, text) = Check(SampleRules.Single("t", search));

        Assert.Equal((0, 1), (refused, warnings));
        Assert.Matches("warning  rules/0.yml:5:1  t\n         can never fire: the field (Nonsense|DestinationPort) is never produced for linux/process_creation\n", text);
    }

    [Theory]
    [InlineData("Nonsense: null")]
    [InlineData("Nonsense|neq: x")]
    [InlineData("Nonsense|exists: false")]
    [InlineData("Image: [/a, /b], CommandLine|contains: x")]
    public void What_holds_without_the_field_can_fire(string search) => Assert.Equal(0, Check(SampleRules.Single("t", search)).Warnings);

    [Fact]
    public void A_selection_that_another_can_stand_for_is_no_warning()
    {
        const string Rule = """
            title: t
            logsource: { product: linux, category: process_creation }
            detection:
              a: { Nonsense: x }
              b: { Image: /a }
              condition: 1 of them
            """;

        Assert.Equal(0, Check(Rule).Warnings);
        Assert.Equal(1, Check(Rule.Replace("1 of", "all of", StringComparison.Ordinal)).Warnings);
        Assert.Equal(0, Check(Rule.Replace("1 of them", "b and not a", StringComparison.Ordinal)).Warnings);
        Assert.Equal(1, Check(Rule.Replace("1 of them", "not b and a", StringComparison.Ordinal)).Warnings);
    }

    [Theory]
    [InlineData("file_access_failed", "TargetFilename: /srv/x", 1)]
    [InlineData("file_access_failed", "Error: EACCES", 0)]
    [InlineData("file_access", "Error: EACCES", 1)]
    [InlineData("file_delete", "TargetFilename: /srv/x", 1)]
    [InlineData("file_change", "SetsId: true, TargetFilename: /etc/shadow", 0)]
    [InlineData("file_rename", "TargetFilename: /srv/x", 0)]
    [InlineData("file_event", "SourceFilename: /etc/shadow, TargetFilename: /srv/x", 0)]
    [InlineData("system_call", "Call: memfd_create, TargetFilename: x", 0)]
    [InlineData("system_call", "SourceFile: x", 1)]
    public void What_calls_and_refused_opens_can_have_is_known(string category, string search, int warnings) =>
        Assert.Equal(warnings, Check(SampleRules.Single("t", search, category)).Warnings);

    [Theory]
    [InlineData("type: SYSCALL, a0: '5'", "SYSCALL records never have the field a0")]
    [InlineData("type: PATH, a1: ls", "PATH records never have the field a1")]
    [InlineData("type: EXECVE, name: ls", "EXECVE records never have the field name")]
    [InlineData("type: EXECVVE", "no record has the type 'EXECVVE'\n         way out: did you mean EXECVE?")]
    [InlineData("type: USER_LOGIN", "no record has the type 'USER_LOGIN'\n         way out: it is one of EXECVE, SYSCALL, PATH")]
    [InlineData("type: SYSCALL, SYSCALL: sysinfo", "in SYSCALL records SYSCALL is never 'sysinfo'")]
    [InlineData("type: SYSCALL, success: nope", "in SYSCALL records success is never 'nope'\n         way out: it is one of yes, no\n")]
    [InlineData("SYSCALL: opennat", "in SYSCALL records SYSCALL is never 'opennat'\n         way out: did you mean openat?\n")]
    [InlineData("nametype: DELET", "in PATH records nametype is never 'DELET'\n         way out: did you mean DELETE?\n")]
    [InlineData("nametype: GONE", "in PATH records nametype is never 'GONE'\n         way out: it is one of NORMAL, CREATE, DELETE, UNKNOWN\n")]
    [InlineData("SYSCALL: [sysinfo, uname]", "in SYSCALL records SYSCALL is never 'sysinfo' or 'uname'")]
    [InlineData("type: SYSCALL, SYSCALL: execve, success: 'no'", "in SYSCALL records success is never 'no'")]
    [InlineData("type: SYSCALL, SYSCALL: execve, exit: -13", "SYSCALL records never have the field exit")]
    [InlineData("type: PATH, nametype: PARENT", "in PATH records nametype is never 'PARENT'")]
    public void A_value_or_field_that_no_record_of_the_audit_daemon_has_is_warned_of(string search, string reason)
    {
        var (refused, warnings, text) = Check(Auditd(search));

        Assert.Equal((0, 1), (refused, warnings));
        Assert.Contains("warning  rules/0.yml:3:1  t\n         can never fire: " + reason, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type: EXECVE, a0: ls")]
    [InlineData("type: [EXECVE, USER_LOGIN], a0: ls")]
    [InlineData("type|startswith: EXEC, a0: ls")]
    [InlineData("type: SYSCALL, SYSCALL: [sysinfo, init_module]")]
    [InlineData("type: SYSCALL, SYSCALL: openat, success: 'no', exit: -13")]
    [InlineData("type: SYSCALL, exe: /usr/bin/nc, comm: nc")]
    [InlineData("type: PATH, name: /etc/shadow, nametype: CREATE")]
    [InlineData("type: SYSCALL, a0|exists: false")]
    [InlineData("type|neq: EXECVVE")]
    public void What_a_record_of_the_audit_daemon_can_have_is_not_warned_of(string search) => Assert.Equal(0, Check(Auditd(search)).Warnings);

    [Fact]
    public void Alternatives_in_several_records_are_no_warning_and_both_in_one_are()
    {
        const string Rule = "title: t\nlogsource: { product: linux, service: auditd }\ndetection:\n  a: { type: EXECVE }\n  b: { name: ls }\n  condition: a or b";

        Assert.Equal(0, Check(Rule).Warnings);
        Assert.Equal(1, Check(Rule.Replace("a or b", "a and b", StringComparison.Ordinal)).Warnings);
        Assert.Equal(0, Check(Rule.Replace("a or b", "a and not b", StringComparison.Ordinal)).Warnings);
        Assert.Equal(1, Check(Rule.Replace("a or b", "not a and not b and 1 of c*\n  c: { a0: x }", StringComparison.Ordinal)).Warnings);
    }

    [Theory]
    [InlineData("system_call", "Call: sysinfo", 1)]
    [InlineData("file_rename", "Call: unlink", 1)]
    [InlineData("file_event", "Call: symlink", 0)]
    public void A_call_that_the_sensor_does_not_show_there_is_warned_of(string category, string search, int warnings) =>
        Assert.Equal(warnings, Check(SampleRules.Single("t", search, category)).Warnings);

    [Fact]
    public void A_key_of_group_by_that_the_matched_records_never_have_is_warned_of()
    {
        var rules = Auditd("type: EXECVE, a0: ls").Replace("title: t", "title: t\nname: t", StringComparison.Ordinal)
            + "\n---\ntitle: c\ncorrelation: { type: event_count, rules: [t], group-by: [exe], timespan: 1m, condition: { gte: 2 } }";

        Assert.Contains("group-by: the records that t matches never have the field exe: its events take part in no group", Check(rules).Text, StringComparison.Ordinal);
        Assert.Equal(0, Check(rules.Replace("[exe]", "[Image]", StringComparison.Ordinal)).Warnings);
    }

    [Fact]
    public void A_long_name_of_which_only_the_first_word_is_known_is_not_guessed() => Assert.DoesNotContain(
        "did you mean", Check(SampleRules.Single("t", "DestinationHostname: x", "network_connection")).Text, StringComparison.Ordinal);

    [Fact]
    public void A_key_beside_product_is_told_as_what_it_is_a_field_that_records_must_have() => Assert.Contains(
        "the key servce names a field that the records must have\n         way out: did you mean service?",
        Check("title: t\nlogsource: { product: linux, servce: x }\ndetection: { s: { Image: /a }, condition: s }").Text, StringComparison.Ordinal);

    [Fact]
    public void A_source_that_is_never_fed_is_warned_of()
    {
        var (_, warnings, text) = Check("title: t\nlogsource: { product: windows }\ndetection: { s: { Image: x }, condition: s }");

        Assert.Equal(1, warnings);
        Assert.Contains("our sensor feeds no records of windows", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TargetFilename: /srv/x", 1)]
    [InlineData("TargetFilename: [/srv/x, /etc/shadow]", 0)]
    [InlineData("TargetFilename|startswith: /srv/", 1)]
    [InlineData("TargetFilename|endswith: /authorized_keys", 0)]
    [InlineData("TargetFilename|contains|all: [/home/, /.ssh/]", 0)]
    [InlineData("TargetFilename|startswith|all: [/home/, /srv/]", 1)]
    [InlineData("TargetFilename|re: ^/srv/", 1)]
    [InlineData("TargetFilename|re: '^/etc/shadow$'", 0)]
    [InlineData("TargetFilename|re: 'zzz/shadow$'", 0)]
    [InlineData("TargetFilename: /srv/x, InodeAlias: true", 0)]
    public void A_file_that_no_watch_list_names_is_warned_of(string search, int warnings) =>
        Assert.Equal(warnings, Check(SampleRules.Single("t", search, "file_access")).Warnings);

    [Fact]
    public void A_correlation_whose_part_can_never_match_is_warned_of_with_its_part()
    {
        var (_, warnings, text) = Check(SampleRules.SudoThenHashes.Replace("/etc/shadow", "/srv/x", StringComparison.Ordinal));

        Assert.Equal(2, warnings);
        Assert.Contains("of its rules these never do: hashes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_field_is_told_with_the_nearest_one()
    {
        Assert.Contains("way out: did you mean CommandLine? docs/rules.md", Check(SampleRules.Single("t", "ComandLine: x")).Text, StringComparison.Ordinal);
        Assert.Contains("way out: docs/rules.md lists", Check(SampleRules.Single("t", "Nonsense: x")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Usre", "User")]
    [InlineData("hots", "host")]
    [InlineData("linage", "lineage")]
    public void A_mistyped_key_of_group_by_is_warned_of_at_its_place_with_the_nearest_name(string key, string nearest)
    {
        var (refused, warnings, text) = Check(SampleRules.SudoThenHashes.Replace("group-by: [host]", $"group-by: [host, {key}]", StringComparison.Ordinal));

        Assert.Equal((0, 2), (refused, warnings));
        Assert.Contains(
            $"warning  rules/0.yml:9:20  sudo then hashes\n         group-by: the field {key} is never produced for linux/process_creation: its events take part in no group\n"
            + $"         way out: did you mean {nearest}? docs/rules.md lists the fields\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_field_of_an_alias_is_warned_of_for_its_rule_only()
    {
        var rules = SampleRules.SudoThenHashes.Replace(
            "group-by: [host]", "aliases: { who: { sudo: User, hashes: LoginUsr } }\n  group-by: [who]", StringComparison.Ordinal);

        var (_, warnings, text) = Check(rules);

        Assert.Equal(1, warnings);
        Assert.Contains("rules/0.yml:9:14  ", text, StringComparison.Ordinal);
        Assert.Contains("group-by (alias who): the field LoginUsr is never produced for linux/file_access", text, StringComparison.Ordinal);
        Assert.Contains("did you mean LoginUser?", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_a_part_whose_source_is_never_fed_are_not_warned_of_a_second_time() => Assert.Equal(
        2, Check("title: t\nname: t\nlogsource: { product: windows }\ndetection: { s: { Image: x }, condition: s }\n---\n"
            + "title: c\ncorrelation: { type: event_count, rules: [t], group-by: [Computer], timespan: 1m, condition: { gte: 2 } }").Warnings);

    private static (int Refused, int Warnings, string Text) Check(params string[] texts)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var rules = RuleSet.Of([.. texts.Select((text, i) => new RuleSource($"rules/{i}.yml", text))]);
        var (refused, warnings) = CheckReport.Write(rules, new WatchLists(SharedOptions.ReadAgentOptions(null)), output);
        return (refused, warnings, output.ToString());
    }

    private static string Auditd(string search) =>
        $"title: t\nlogsource: {{ product: linux, service: auditd }}\ndetection: {{ s: {{ {search} }}, condition: s }}";
}
