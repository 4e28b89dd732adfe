using LocalPipeline.Tests.Recording;
using Support;

namespace LocalPipeline.Tests.Commands;

public sealed class ReplayTests
{
    [Fact]
    public async Task The_shipped_recording_gives_exactly_the_alert_of_its_story()
    {
        var (exit, output, messages) = await PipelineProgram.RunAsync("replay");

        Assert.Equal(0, exit);
        Assert.Equal(1, Count(output, "🔔 ALERT"));
        Assert.Contains("alice (uid 1000) on web-1 ran sudo; 2.1 s later alice (as root) opened /etc/shadow with cat.", output, StringComparison.Ordinal);
        Assert.Contains("3 frames, 6 events", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_rules_on_the_same_recording_give_the_same_alerts()
    {
        var first = await PipelineProgram.RunAsync("replay");
        var second = await PipelineProgram.RunAsync("replay", Repository.File(SampleStory.File));

        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task Up_can_play_a_recording_and_shows_its_events_without_root()
    {
        var (exit, output, _) = await PipelineProgram.RunAsync("up", "--replay");

        Assert.Equal(0, exit);
        Assert.Contains("🚨 SENSITIVE: PID=4711 UID=1000(alice)→0(root) COMM=bash OP=exec FILE=/usr/bin/sudo", output, StringComparison.Ordinal);
        Assert.Contains("🚨 SENSITIVE: PID=4712 UID=0 USER=root COMM=cat OP=open FILE=/etc/shadow", output, StringComparison.Ordinal);
        Assert.Contains("🌐 EXTERNAL: PID=4713 UID=1000 USER=alice COMM=curl OP=conn DST=203.0.113.7:443", output, StringComparison.Ordinal);
        Assert.Equal(1, Count(output, "🔔 ALERT"));
    }

    [Fact]
    public async Task A_cut_recording_is_played_as_far_as_it_goes_and_fails()
    {
        var file = Path.GetTempFileName();
        var whole = await File.ReadAllBytesAsync(Repository.File(SampleStory.File));
        await File.WriteAllBytesAsync(file, whole[..^10]);

        var (exit, output, messages) = await PipelineProgram.RunAsync("replay", file);
        File.Delete(file);

        Assert.Equal(1, exit);
        Assert.Equal(1, Count(output, "🔔 ALERT"));
        Assert.Contains("was cut at byte", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_no_frame_is_named_by_its_number_alone()
    {
        using var folder = new TemporaryFolder();
        var bytes = await File.ReadAllBytesAsync(Repository.File(SampleStory.File));
        bytes[^20] ^= 0xFF;
        await File.WriteAllBytesAsync(folder["damaged.rec"], bytes);

        var (exit, _, messages) = await PipelineProgram.RunAsync("replay", folder["damaged.rec"]);

        Assert.Equal(1, exit);
        Assert.Matches("record [0-9]+ is not a frame", messages);
    }

    [Fact]
    public async Task A_file_that_is_no_recording_is_refused()
    {
        var (exit, _, messages) = await PipelineProgram.RunAsync("replay", Repository.File("README.md"));

        Assert.Equal(1, exit);
        Assert.Contains("not a recording", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_is_given_as_JSON_lines_is_told_once()
    {
        var run = await PipelineProgram.RunAsync("replay", "--rules", Repository.File("rules"), "--events", Repository.File(SampleStory.File));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(" is a recording of `pipeline record`, which has no JSON lines; play it with: pipeline replay FILE", run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("no JSON object", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_rules_are_named()
    {
        var (exit, _, messages) = await PipelineProgram.RunAsync("replay", "--rules", "/nowhere");

        Assert.Equal(78, exit);
        Assert.Contains("/nowhere: does not exist; --rules takes rule files", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_rule_is_shown_with_its_place_and_the_others_work()
    {
        var rules = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(rules.FullName, "bad.yml"), "title: bad\nlogsource:\n  product: linux\ndetection:\n  a:\n    Image|nonsense: x\n  condition: a\n");
        File.Copy(Repository.File("rules/privilege-escalation/sudo-then-shadow.yml"), Path.Combine(rules.FullName, "good.yml"));

        var (exit, output, messages) = await PipelineProgram.RunAsync("replay", "--rules", rules.FullName);
        rules.Delete(recursive: true);

        Assert.Equal(0, exit);
        Assert.Equal(1, Count(output, "🔔 ALERT"));
        Assert.Matches("bad.yml:6:[0-9]+: 'bad' refused: ", messages);
    }

    [Fact]
    public async Task A_wrong_command_line_says_what_is_wrong()
    {
        var (exit, _, messages) = await PipelineProgram.RunAsync("replay", "recording", "--speed");

        Assert.Equal(2, exit);
        Assert.Contains("--speed", messages, StringComparison.Ordinal);
        Assert.Contains("allowed: replay FILE, --rules", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay recording --matches out --no-suppress", "--matches has no effect on a recording", "--no-suppress has no effect on a recording")]
    [InlineData("replay recording --events log --show-events", "FILE has no effect on field events", "--show-events has no effect on field events")]
    [InlineData("up --replay --config x", "--config has no effect on a recording", "allowed with a recording (--replay): --rules")]
    [InlineData("rules coverage --jsn --thing", "no option --jsn; did you mean --json?", "no option --thing")]
    [InlineData("rules nonsense", "nonsense", "allowed: rules list, check, test, explain, coverage")]
    public async Task What_does_not_fit_a_command_is_refused_all_at_once_before_anything_is_done(string arguments, string first, string second)
    {
        var (exit, output, messages) = await PipelineProgram.RunAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(first, messages, StringComparison.Ordinal);
        Assert.Contains(second, messages, StringComparison.Ordinal);
        Assert.Contains("pipeline: allowed", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay /nowhere\u001b/x", "/nowhere\\x1b/x: does not exist; FILE takes a recording")]
    [InlineData("up --replay /nowhere", "/nowhere: does not exist; --replay takes a recording")]
    [InlineData("replay --events /nowhere", "/nowhere: does not exist; --events takes a file of one JSON object a line, or -")]
    [InlineData("replay --events /", "/: is a folder, not a file; --events takes")]
    [InlineData("replay --events - --matches /nowhere/out", "/nowhere/out: lies in a folder that does not exist; --matches takes a file in a folder")]
    [InlineData("record /nowhere/recording", "/nowhere/recording: lies in a folder that does not exist; FILE takes")]
    public async Task A_file_that_cannot_be_used_is_told_with_its_argument_and_what_to_write(string arguments, string told)
    {
        var (exit, _, messages) = await PipelineProgram.RunAsync(arguments.Split(' '));

        Assert.Equal(1, exit);
        Assert.Contains("pipeline: " + told, messages, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not find", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_way_to_evaluate_says_how_many_rules_were_loaded_and_refused_and_from_where()
    {
        using var rules = new TemporaryFolder();
        rules.File("bad.yml", "title: bad\nlogsource: { product: linux }\ndetection: { a: { Image|x: 1, User|y: 2 }, condition: a }");
        File.Copy(Repository.File("rules/privilege-escalation/sudo-then-shadow.yml"), rules["good.yml"]);

        var (_, _, messages) = await PipelineProgram.RunAsync("up", "--replay", "--rules", rules.Path);

        Assert.Contains("'bad' refused: modifier 'x' is not known", messages, StringComparison.Ordinal);
        Assert.Contains("'bad' refused: modifier 'y' is not known", messages, StringComparison.Ordinal);
        Assert.Matches($"pipeline: [0-9]+ rules and [0-9]+ correlations loaded from 2 files in {rules.Path}, 1 refused\n", messages);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
