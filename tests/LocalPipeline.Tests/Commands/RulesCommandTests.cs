using System.Diagnostics;
using LocalPipeline.Tests.Rules;
using Support;

namespace LocalPipeline.Tests.Commands;

public sealed class RulesCommandTests : IDisposable
{
    private const string Event = """{"category":"process_creation","product":"linux","host":"a","Image":"/usr/bin/sudo"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("list")]
    [InlineData("check")]
    [InlineData("test")]
    [InlineData("coverage")]
    public async Task Empty_path_is_told_as_any_other_that_cannot_be_read(string command)
    {
        var (exitCode, _, messages) = await PipelineProgram.RunAsync("rules", command, "");

        Assert.Equal(78, exitCode);
        Assert.Contains("'': is no path; PATH takes rule files", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_fails_on_refusals_and_on_warnings_only_when_strict()
    {
        var warned = _folder.File("warned.yml", SampleRules.Single("t", "Nonsense: x"));
        var refused = _folder.File("refused.yml", SampleRules.Single("u", "Image|nonsense: x"));
        var missing = _folder["missing.yml"];

        Assert.Equal(0, (await PipelineProgram.RunAsync("rules", "check", warned)).ExitCode);
        Assert.Equal(1, (await PipelineProgram.RunAsync("rules", "check", "--strict", warned)).ExitCode);
        Assert.Equal(1, (await PipelineProgram.RunAsync("rules", "check", warned, refused)).ExitCode);
        Assert.Equal(78, (await PipelineProgram.RunAsync("rules", "check", missing)).ExitCode);
    }

    [Fact]
    public async Task Check_tells_of_a_folder_without_rules_of_lone_tests_of_a_link_to_nothing_and_of_a_pipe()
    {
        var empty = _folder.Folder("empty");
        var (exit, output, _) = await PipelineProgram.RunAsync("rules", "check", "--strict", empty);
        Assert.Equal(1, exit);
        Assert.Contains($"warning  {empty}  \n         there are no rule files in this folder\n", output, StringComparison.Ordinal);

        var (lone, _, told) = await PipelineProgram.RunAsync("rules", "check", _folder.File("a.tests.yml", "tests: []"));
        Assert.Equal(78, lone);
        Assert.Contains("a.yml: does not exist, and companion tests alone are no rules; PATH takes", told, StringComparison.Ordinal);

        var folder = _folder.Folder("odd");
        File.CreateSymbolicLink(_folder["odd/gone.yml"], "nowhere.yml");
        using (var maker = Process.Start("mkfifo", [_folder["odd/pipe.yml"]]))
        {
            await maker.WaitForExitAsync();
        }

        var (odd, _, messages) = await PipelineProgram.RunAsync("rules", "check", folder);
        Assert.Equal(78, odd);
        Assert.Contains("odd/gone.yml: is a link to what does not exist; PATH takes", messages, StringComparison.Ordinal);
        Assert.Contains("odd/pipe.yml: is no regular file; PATH takes", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_named_twice_is_read_once()
    {
        _folder.File("rules/t.yml", SampleRules.Single("t", "Image: /a", rest: "name: t"));

        var (exit, output, _) = await PipelineProgram.RunAsync("rules", "check", _folder["rules"], _folder["rules/../rules"]);

        Assert.Equal(0, exit);
        Assert.Contains("1 rules and 0 correlations loaded from 1 files", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_takes_a_rule_file_and_says_by_its_exit_code_whether_all_pass()
    {
        var rule = _folder.File("rule.yml", SampleRules.Single("t", "Image: /a", rest: "name: t"));
        var tests = _folder.File("rule.tests.yml", "processes: { a: { image: /a } }\ntests: [{ name: x, events: [{ at: 0s, exec: a }], incidents: [{ rule: t }] }]");

        var (exit, output, _) = await PipelineProgram.RunAsync("rules", "test", rule);
        Assert.Equal(0, exit);
        Assert.EndsWith("1 passed, 0 failed\n", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(tests, (await File.ReadAllTextAsync(tests)).Replace("rule: t", "rule: other", StringComparison.Ordinal));
        Assert.Equal(1, (await PipelineProgram.RunAsync("rules", "test", tests)).ExitCode);
    }

    [Fact]
    public async Task Explain_takes_a_file_or_a_name_and_says_when_there_is_no_such_rule()
    {
        var rule = _folder.File("rule.yml", SampleRules.Single("t", "Image|endswith: /sudo", rest: "name: the_rule"));
        var events = _folder.File("events.jsonl", Event);

        var byFile = await PipelineProgram.RunAsync("rules", "explain", rule, "--event", events);
        var byName = await PipelineProgram.RunAsync("rules", "explain", "the_rule", "--event", events, "--rules", rule);

        Assert.Equal(0, byFile.ExitCode);
        Assert.Contains("event 1 as linux/process_creation: matches", byFile.Output, StringComparison.Ordinal);
        Assert.Equal(byFile.Output, byName.Output);
        Assert.Equal(78, (await PipelineProgram.RunAsync("rules", "explain", "other", "--event", events, "--rules", rule)).ExitCode);
        Assert.Equal(2, (await PipelineProgram.RunAsync("rules", "explain", rule, "--event", events, "--rules", rule)).ExitCode);
        Assert.Contains("none: does not exist; --event takes", (await PipelineProgram.RunAsync("rules", "explain", rule, "--event", _folder["none"])).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_without_path_is_that_of_the_rules_that_come_with_the_pipeline()
    {
        var (exit, output, _) = await PipelineProgram.RunAsync("rules", "list");

        Assert.Equal(0, exit);
        Assert.Matches(@"\nhigh +[^\n]+  rules/privilege-escalation/sudo-then-shadow.yml\n", output);
        Assert.Equal(1, (await PipelineProgram.RunAsync("rules", "list", _folder.File("bad.yml", SampleRules.Single("u", "Image|nonsense: x")))).ExitCode);
    }

    [Fact]
    public async Task Coverage_without_path_is_that_of_the_rules_that_come_with_the_pipeline()
    {
        var (exit, output, _) = await PipelineProgram.RunAsync("rules", "coverage");

        Assert.Equal(0, exit);
        Assert.Contains("T1003.008", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_of_field_events_reads_standard_input_and_writes_standard_output_or_a_file()
    {
        var rule = _folder.File("rule.yml", SampleRules.Single("t", "Image|endswith: /sudo"));
        var more = _folder.File("more.yml", SampleRules.Single("u", "Image|endswith: /su"));
        var events = _folder.File("events.jsonl", Event + "\nnonsense\n");
        const string Match = "{\"rule\":\"t\",\"line\":1,\"lines\":[1]}\n";

        var (exit, output, messages) = await PipelineProgram.RunWithInputAsync(
            await File.ReadAllTextAsync(events), "replay", "--rules", rule, more, "--events", "-", "--matches", "-");
        Assert.Equal((0, Match), (exit, output));
        Assert.Contains("-:2: ", messages, StringComparison.Ordinal);

        (exit, output, _) = await PipelineProgram.RunAsync("replay", "--rules", rule, "--events", events, "--matches", _folder["out"]);
        Assert.Equal((0, ""), (exit, output));
        Assert.Equal(Match, await File.ReadAllTextAsync(_folder["out"]));

        Assert.Equal(1, (await PipelineProgram.RunAsync("replay", "--rules", rule, "--events", _folder["none"])).ExitCode);
        Assert.Equal(1, (await PipelineProgram.RunAsync("replay", "--rules", rule, "--events", events, "--matches", _folder["no/out"])).ExitCode);
        Assert.Equal(2, (await PipelineProgram.RunAsync("replay", events, "--rules", rule, "--events", events)).ExitCode);
    }
}
