namespace Kernel.Tests;

/// <summary>The shipped watch lists on this machine, as it is.</summary>
public sealed class WatchedPathTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    [KernelFact]
    public async Task Every_shipped_path_that_exists_here_is_reported_when_opened()
    {
        string[] present = [.. WatchLists.Shipped.Files.Concat(WatchLists.Shipped.Folders).Where(Path.Exists)];
        Assert.Contains("/etc/shadow", present);

        foreach (var path in present)
        {
            var ran = await Command.RunAsync(KernelRequirements.TriggerExecutable, "open_plain", path);
            if (ran.ExitCode != 0)
            {
                // A locked-down kernel refuses /dev/mem and the like to root too; what was not opened is not reported.
                Assert.True(path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal), ran.Error);
                continue;
            }

            var truth = Truth.Parse(ran.Output);
            var open = await running.Agent.WaitForEventAsync("file_open", truth.Pid);
            truth.AssertFile(open);
            truth.AssertActor(open);
            Assert.False(open.Flag("InodeAlias"));
            Assert.Equal(
                $"🚨 SENSITIVE: PID={truth.Pid} UID=0 USER=root COMM=trigger OP=open FILE={truth.Path}",
                await running.Agent.WaitForLineAsync($"PID={truth.Pid} ", "OP=open"));
        }
    }

    [KernelFact]
    public async Task Command_that_reads_shadow_is_reported()
    {
        var ran = await Command.MustRunAsync("cat", "/etc/shadow");

        Assert.Equal(
            $"🚨 SENSITIVE: PID={ran.Pid} UID=0 USER=root COMM=cat OP=open FILE=/etc/shadow",
            await running.Agent.WaitForLineAsync($"PID={ran.Pid} ", "OP=open"));
    }

    [KernelFact]
    public async Task Other_files_are_not_reported()
    {
        string[] others =
        [
            "/etc/passwd", "/etc/group", "/etc/hostname", "/etc", "/usr/sbin/useradd",
            running.Scratch.Write("shadow"), running.Scratch.Write("etc/shadow"), running.Scratch.Write("etc/shadowX"),
            running.Scratch.Write("sudoers.d/x"),
        ];
        var pids = new List<int>();
        foreach (var path in others.Where(Path.Exists))
        {
            pids.Add((await Trigger.RunAsync("open_plain", path)).Pid);
        }

        await running.SettleAsync();

        Assert.Equal(others.Length, pids.Count);
        AssertNoOpenBy(pids);
    }

    [KernelFact("setpriv")]
    public async Task Open_that_is_denied_is_reported_with_the_error_and_one_of_what_is_not_there_is_not()
    {
        var shadow = await Command.RunAsync(
            "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "cat", "/etc/shadow");
        var absent = await Command.RunAsync("cat", "/etc/sudoers.d/no-such-file");

        var open = await running.Agent.WaitForEventAsync("file_open", shadow.Pid);
        await running.SettleAsync();

        Assert.Equal(("/etc/shadow", "EACCES"), (open.Text("TargetFilename"), open.Text("Error")));
        Assert.NotEqual(0, absent.ExitCode);
        AssertNoOpenBy([absent.Pid]);
    }

    private void AssertNoOpenBy(IReadOnlyList<int> pids)
    {
        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind == "file_open" && pids.Contains(e.ProcessId));
        Assert.DoesNotContain(
            running.Agent.Lines.All, l => pids.Any(pid => l.Contains($"PID={pid} ", StringComparison.Ordinal)) && l.Contains("OP=open", StringComparison.Ordinal));
    }
}
