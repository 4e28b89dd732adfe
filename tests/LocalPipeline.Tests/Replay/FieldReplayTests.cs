using System.Text;
using Detection.Rules;
using LocalPipeline.Replay;
using LocalPipeline.Rules;
using LocalPipeline.Tests.Rules;

namespace LocalPipeline.Tests.Replay;

public sealed class FieldReplayTests
{
    private const string Correlation = "6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11";

    [Fact]
    public void A_correlation_names_all_its_witnesses_by_line_whatever_the_order_of_the_file()
    {
        var (matches, _) = Run(
            [SampleRules.SudoThenHashes],
            Open("00:00:10", 2),
            Sudo("00:00:00", 1));

        Assert.Equal([$$"""{"rule":"{{Correlation}}","line":1,"lines":[1,2]}"""], matches);
    }

    [Fact]
    public void The_window_is_exact_to_the_nanosecond()
    {
        Assert.Empty(Run([SampleRules.SudoThenHashes], Sudo("00:00:00", 1), Open("00:00:10.000000001", 2)).Matches);
        Assert.Single(Run([SampleRules.SudoThenHashes], Sudo("00:00:00.000000001", 1), Open("00:00:10.000000001", 2)).Matches);
    }

    [Fact]
    public void A_rule_without_id_is_called_by_its_title_and_fires_once_per_incident()
    {
        string[] rules = [SampleRules.Single("any \\e start", "Image|contains: /", rest: "name: any_start")];
        string[] events = [Sudo("00:00:00", 1), Sudo("00:01:00", 2), Sudo("01:00:00", 3)];

        Assert.Equal(
            ["""{"rule":"any \u001B start","line":1,"lines":[1]}""", """{"rule":"any \u001B start","line":3,"lines":[3]}"""],
            Run(rules, events).Matches);
        Assert.Equal([1, 2, 3], Run(rules, events, everyFiring: true).Matches.Select((_, i) => i + 1));
    }

    [Fact]
    public void Firings_are_written_in_the_order_of_events_then_of_rules()
    {
        var (matches, _) = Run(
            [SampleRules.Single("b", "Image|contains: /"), SampleRules.Single("a", "Image|contains: /")],
            everyFiring: true, events: [Sudo("00:00:02", 2), Sudo("00:00:01", 1)]);

        Assert.Equal(
            [
                """{"rule":"b","line":2,"lines":[2]}""", """{"rule":"a","line":2,"lines":[2]}""",
                """{"rule":"b","line":1,"lines":[1]}""", """{"rule":"a","line":1,"lines":[1]}""",
            ], matches);
    }

    [Fact]
    public void A_second_event_of_the_same_host_and_number_is_none()
    {
        var (matches, messages) = Run(
            [SampleRules.Single("t", "Image|contains: /")], everyFiring: true, events: [Sudo("00:00:00", 1), Sudo("00:00:00", 1)]);

        Assert.Single(matches);
        Assert.Contains("2 events (1 duplicates)", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_may_come_in_any_order_and_with_any_holes()
    {
        var events = Enumerable.Range(0, 60).Select(minute => Sudo($"00:{minute:00}:00", (minute * 17 % 60) + 1)).ToArray();

        var (matches, messages) = Run([SampleRules.Single("t", "Image|contains: /")], everyFiring: true, events: events);

        Assert.Equal(60, matches.Length);
        Assert.Contains("60 events (0 duplicates)", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_number_is_no_duplicate_of_one_that_has_its_line_as_number()
    {
        var (matches, messages) = Run(
            [SampleRules.Single("t", "Image|contains: /")],
            everyFiring: true,
            events: [Sudo("00:00:00", 2), Sudo("00:00:01", 1).Replace("\"seq\":1,", "", StringComparison.Ordinal)]);

        Assert.Equal(2, matches.Length);
        Assert.Contains("2 events (0 duplicates)", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_without_time_and_number_keep_the_order_of_the_file()
    {
        var (matches, _) = Run(
            [SampleRules.SudoThenHashes],
            """{"category":"file_access","product":"linux","TargetFilename":"/etc/shadow","host":"a"}""",
            """{"category":"process_creation","product":"linux","Image":"/usr/bin/sudo","host":"a"}""",
            """{"category":"file_access","product":"linux","TargetFilename":"/etc/shadow","host":"a"}""");

        Assert.Equal([$$"""{"rule":"{{Correlation}}","line":3,"lines":[2,3]}"""], matches);
    }

    [Fact]
    public void Events_without_time_keep_the_order_of_the_file_over_hosts_too()
    {
        var rules = SampleRules.SudoThenHashes.Replace("group-by: [host]", "group-by: [User]", StringComparison.Ordinal);

        var (matches, _) = Run(
            [rules],
            """{"category":"process_creation","product":"linux","Image":"/usr/bin/sudo","host":"b","User":"u"}""",
            """{"category":"file_access","product":"linux","TargetFilename":"/etc/shadow","host":"a","User":"u"}""");

        Assert.Equal([$$"""{"rule":"{{Correlation}}","line":2,"lines":[1,2]}"""], matches);
    }

    [Fact]
    public void Lines_that_are_no_event_are_counted_and_listed_and_the_rest_is_read()
    {
        var (matches, messages) = Run(
            [SampleRules.Single("t", "Image|contains: /"), SampleRules.Single("bad", "Image|nonsense: x")],
            "nonsense \e[2J", "", "[1]", Sudo("00:00:00", 1), """{"@timestamp":"yesterday"}""");

        Assert.Equal(["""{"rule":"t","line":4,"lines":[4]}"""], matches);
        Assert.Contains("log.jsonl:1: ", messages, StringComparison.Ordinal);
        Assert.Contains("log.jsonl:3: ", messages, StringComparison.Ordinal);
        Assert.Contains("log.jsonl:5: @timestamp", messages, StringComparison.Ordinal);
        Assert.Contains("'bad' refused", messages, StringComparison.Ordinal);
        Assert.Contains("3 lines that are none, 1 rules refused", messages, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', messages);
    }

    [Fact]
    public void Lines_whose_boot_or_lane_is_none_are_listed_and_counted_and_no_duplicates()
    {
        var (_, messages) = Run(
            [SampleRules.Single("t", "Image|contains: /")],
            Sudo("00:00:00", 1),
            Sudo("00:00:00", 1).Replace("\"seq\"", "\"boot\":\"nouuid\",\"seq\"", StringComparison.Ordinal),
            Sudo("00:00:00", 1).Replace("\"seq\"", "\"lane\":\"High\",\"seq\"", StringComparison.Ordinal));

        Assert.Contains("log.jsonl:2: boot: no UUID\n", messages, StringComparison.Ordinal);
        Assert.Contains("log.jsonl:3: lane: neither high nor bulk\n", messages, StringComparison.Ordinal);
        Assert.Contains("1 events (0 duplicates), 2 lines that are none", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_from_outside_is_escaped_once() => Assert.Contains(
        "log.jsonl:1: cat\\x1begory: given twice\n",
        Run([], """{"cat\u001begory":"x","cat\u001begory":"y"}""").Messages, StringComparison.Ordinal);

    [Fact]
    public void A_host_that_is_a_number_is_its_text()
    {
        var (matches, messages) = Run(
            [SampleRules.SudoThenHashes],
            Sudo("00:00:00", 1).Replace("\"a\"", "17", StringComparison.Ordinal),
            Open("00:00:05", 2).Replace("\"a\"", "\"17\"", StringComparison.Ordinal));

        Assert.Equal([$$"""{"rule":"{{Correlation}}","line":2,"lines":[1,2]}"""], matches);
        Assert.Contains("0 lines that are none", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_is_also_the_field_HostId()
    {
        var rules = SampleRules.SudoThenHashes.Replace("group-by: [host]", "group-by: [HostId]", StringComparison.Ordinal);

        Assert.Single(Run([rules], Sudo("00:00:00", 1), Open("00:00:05", 2)).Matches);
        Assert.Empty(Run([rules], Sudo("00:00:00", 1), Open("00:00:05", 2).Replace("\"a\"", "\"b\"", StringComparison.Ordinal)).Matches);
        Assert.Empty(Run([rules], Sudo("00:00:00", 1), Open("00:00:05", 2).Replace("\"host\"", "\"HostId\":\"b\",\"host\"", StringComparison.Ordinal)).Matches);
    }

    [Theory]
    [InlineData("lineage", "plain JSON events have no process: group by host")]
    [InlineData("lineage-or-session", "plain JSON events have neither process nor session: group by host")]
    [InlineData("process", "plain JSON events have no process: group by host")]
    [InlineData("parent", "plain JSON events have no process: group by host")]
    [InlineData("session", "plain JSON events have no session: group by a field such as AuditSession")]
    [InlineData("container", "plain JSON events have no cgroup: group by a field such as ContainerId")]
    [InlineData("User", "give the events that field, or name another one in group-by")]
    public void A_correlation_that_cannot_fire_for_want_of_a_group_key_is_told_with_the_key_and_what_to_write(string key, string wayOut)
    {
        var rules = SampleRules.SudoThenHashes.Replace("group-by: [host]", $"group-by: [host, {key}]", StringComparison.Ordinal);

        var (matches, messages) = Run([rules], Sudo("00:00:00", 1), Open("00:00:05", 2));

        Assert.Empty(matches);
        Assert.Contains(
            $"sudo_then_hashes (temporal_ordered within 10 s by host, {key}): all 2 matches of its parts take part in no group, so it cannot fire: "
            + $"2 without a value of the group-by key '{key}' ({wayOut}", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_only_some_matches_lack_the_key_they_are_counted()
    {
        var rules = SampleRules.SudoThenHashes.Replace("group-by: [host]", "group-by: [User]", StringComparison.Ordinal);
        var withUser = Sudo("00:00:00", 1).Replace("\"seq\"", "\"User\":\"u\",\"seq\"", StringComparison.Ordinal);

        var (_, messages) = Run([rules], withUser, Open("00:00:05", 2), Open("00:00:06", 3));

        Assert.Contains("2 of 3 matches of its parts take part in no group: 2 without a value of the group-by key 'User'", messages, StringComparison.Ordinal);
        Assert.DoesNotContain("without", Run([rules.Replace("[User]", "[host]", StringComparison.Ordinal)], withUser).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sum_over_a_field_without_numbers_is_told()
    {
        var rules = SampleRules.Single("t", "Image|contains: /", rest: "name: t")
            + "---\ntitle: \"sum \\e[2J\"\ncorrelation: { type: value_sum, rules: [t], timespan: 1m, condition: { field: Size, gte: 1 } }\n";

        var (_, messages) = Run([rules], Sudo("00:00:00", 1));

        Assert.Contains(
            "sum \\x1b[2J (value_sum within 60 s): the only match of its parts takes part in no group, so it cannot fire: 1 without a number in 'Size'",
            messages, StringComparison.Ordinal);
    }

    private static string Sudo(string time, int seq) =>
        $$"""{"@timestamp":"2026-01-01T{{time}}Z","host":"a","seq":{{seq}},"category":"process_creation","product":"linux","Image":"/usr/bin/sudo"}""";

    private static string Open(string time, int seq) =>
        $$"""{"@timestamp":"2026-01-01T{{time}}Z","host":"a","seq":{{seq}},"category":"file_access","product":"linux","TargetFilename":"/etc/shadow"}""";

    private static (string[] Matches, string Messages) Run(string[] rules, params string[] events) => Run(rules, events, everyFiring: false);

    private static (string[] Matches, string Messages) Run(string[] rules, string[] events, bool everyFiring)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var messages = new StringWriter { NewLine = "\n" };
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', events)));
        var set = RuleSet.Of([.. rules.Select((text, i) => new RuleSource($"{i}.yml", text))]);
        new FieldReplay(set, everyFiring, messages).Run(input, "log.jsonl", output);
        return (output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), messages.ToString());
    }
}
