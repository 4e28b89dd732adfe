using System.Diagnostics;
using System.Text.RegularExpressions;
using LocalPipeline.Tests.Commands;
using Support;
using Support.Processes;

namespace LocalPipeline.Tests.Live;

/// <summary>The commands that watch this machine for real.</summary>
[Collection(nameof(LivePipelineTests))]
public sealed partial class LivePipelineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [KernelFact("sudo", "useradd", "setpriv")]
    public async Task The_demo_shows_the_alert_with_its_time_and_leaves_nothing_behind()
    {
        var (exit, output, messages) = await PipelineProgram.RunAsync("demo");

        Assert.True(exit == 0, messages + output);
        var user = DemoUser().Match(messages).Value;
        Assert.Matches($"demo: right: one alert for {user}, [0-9.]+ ms after the kernel saw the open", messages);
        Assert.Contains($"({user})→0(root) COMM=setpriv OP=exec FILE=/usr/bin/sudo", output, StringComparison.Ordinal);
        Assert.Contains($"{user} (uid ", output, StringComparison.Ordinal);
        Assert.DoesNotContain(user, await File.ReadAllTextAsync("/etc/passwd"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles("/etc/sudoers.d", user));
    }

    [KernelFact("sudo")]
    public async Task Up_shows_events_and_alerts_until_it_is_interrupted()
    {
        await using var up = StartInterruptible("up");
        await up.WaitForLineAsync("pipeline: up on", Patience);

        var pid = await SudoReadsShadowAsync();
        await up.WaitForLineAsync("🔔 ALERT", Patience);
        await InterruptAsync(up);

        Assert.Equal(0, up.ExitCode);
        Assert.Contains($"🚨 SENSITIVE: PID={pid} UID=0 USER=root", up.Output, StringComparison.Ordinal);
        Assert.Contains($"pid {pid}", up.Output, StringComparison.Ordinal);
    }

    [KernelFact("sudo")]
    public async Task A_recording_of_this_machine_gives_the_same_alerts_each_time()
    {
        var file = Path.GetTempFileName();
        int pid;
        await using (var record = StartInterruptible("record", file))
        {
            await record.WaitForLineAsync("pipeline: recording", Patience);
            pid = await SudoReadsShadowAsync();
            await InterruptAsync(record);
            Assert.Equal(0, record.ExitCode);
        }

        var first = await PipelineProgram.RunAsync("replay", file);
        var second = await PipelineProgram.RunAsync("replay", file);
        File.Delete(file);

        Assert.Equal(0, first.ExitCode);
        Assert.Contains($"pid {pid}", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    [KernelFact("setsid")]
    public async Task The_drill_says_of_five_behaviours_that_their_alerts_came_back_and_leaves_nothing_behind()
    {
        var (exit, output, messages) = await PipelineProgram.RunAsync("drill");

        Assert.True(exit == 0, messages + output);
        var marker = DrillMarker().Match(output).Value;
        Assert.Matches($"drill: 5 of 5 came back as alerts; {marker} stands in each", output);
        Assert.Equal(5, DrillLine().Count(output));
        Assert.Empty(Directory.GetFiles("/etc/cron.d", $"*{marker}*"));
        Assert.Empty(Directory.GetFiles("/dev/shm", $"*{marker}*"));
    }

    [KernelFact("setsid")]
    public async Task The_drill_for_a_deployed_stack_names_the_marker_and_the_rules_to_look_for()
    {
        var (exit, output, messages) = await PipelineProgram.RunAsync("drill", "--deployed");

        Assert.True(exit == 0, messages + output);
        Assert.Equal(5, DeployedLine().Count(output));
        Assert.Matches("five alerts with drill-[0-9a-f]{8} in their text", output);
    }

    /// <summary>In a session of its own, so that it is an incident of its own.</summary>
    private static async Task<int> SudoReadsShadowAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("setsid", ["--wait", "sudo", "-n", "cat", "/etc/shadow"])
        {
            RedirectStandardOutput = true,
        })!;
        await process.StandardOutput.BaseStream.CopyToAsync(System.IO.Stream.Null);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return process.Id;
    }

    /// <summary>Whoever runs the tests in the background of a shell hands down that SIGINT is ignored.</summary>
    private static ChildProcess StartInterruptible(params string[] arguments) => ChildProcess.Start("env", ["--default-signal=INT", PipelineProgram.Path, .. arguments]);

    private static async Task InterruptAsync(ChildProcess process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        await process.Exited.WaitAsync(Patience);
    }

    [GeneratedRegex("pipeline-demo-[0-9a-f]+")]
    private static partial Regex DemoUser();

    [GeneratedRegex("drill-[0-9a-f]{8}")]
    private static partial Regex DrillMarker();

    [GeneratedRegex("^drill: alert after +[0-9]+ ms: .+: \\S.*$", RegexOptions.Multiline)]
    private static partial Regex DrillLine();

    [GeneratedRegex("^drill: [0-9:.]+Z .+ \\(rule [0-9a-f-]{36}\\)$", RegexOptions.Multiline)]
    private static partial Regex DeployedLine();
}
