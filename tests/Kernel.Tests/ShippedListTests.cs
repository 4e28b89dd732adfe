namespace Kernel.Tests;

/// <summary>Every file and folder of the shipped watch lists, on a host that has them all.</summary>
public sealed class ShippedListTests(AgentOnFullHost running) : IClassFixture<AgentOnFullHost>
{
    [KernelFact("unshare", "nsenter")]
    public async Task Every_watched_file_is_reported_when_opened()
    {
        Assert.NotEmpty(AgentOnFullHost.Files);
        foreach (var path in AgentOnFullHost.Files)
        {
            await AssertReportedAsync(path);
        }
    }

    [KernelFact("unshare", "nsenter")]
    public async Task Every_watched_folder_and_a_file_in_it_are_reported_when_opened()
    {
        Assert.NotEmpty(AgentOnFullHost.Folders);
        foreach (var path in AgentOnFullHost.Folders)
        {
            await AssertReportedAsync(path);
            await running.RunAsync("sh", "-c", "echo x > \"$0\"", $"{path}/new-file");
            await AssertReportedAsync($"{path}/new-file");
        }
    }

    [KernelFact("unshare", "nsenter")]
    public async Task File_in_a_new_folder_below_a_watched_one_is_reported_after_the_next_comparison()
    {
        foreach (var path in AgentOnFullHost.Folders)
        {
            var file = $"{path}/new/deep/file";
            await running.RunAsync("sh", "-c", "mkdir -p \"${0%/*}\" && echo x > \"$0\"", file);
            await AssertReportedSoonAsync(file);
        }
    }

    private async Task AssertReportedAsync(string path)
    {
        var truth = await running.TriggerAsync("open_plain", path);

        Assert.Equal(path, truth.Path);
        truth.AssertFile(await running.Agent.WaitForEventAsync(IsOpen(truth.Pid, path), $"open of {path} by {truth.Pid}"));
        Assert.Equal(
            $"🚨 SENSITIVE: PID={truth.Pid} UID=0 USER=root COMM=trigger OP=open FILE={path}",
            await running.Agent.WaitForLineAsync($"PID={truth.Pid} ", $"OP=open FILE={path}"));
    }

    /// <summary>Not any open: the dynamic linker of each program opens /etc/ld.so.preload where there is one.</summary>
    private static Func<AgentEvent, bool> IsOpen(int pid, string path) =>
        e => e.Kind == "file_open" && e.ProcessId == pid && e.Text("TargetFilename") == path;

    /// <summary>Opens again and again: the agent compares its lists with the file system once a second.</summary>
    private async Task AssertReportedSoonAsync(string path)
    {
        const int Tries = 100;
        for (var i = 0; ; i++)
        {
            var truth = await running.TriggerAsync("open_plain", path);
            try
            {
                var open = await running.Agent.Events.WaitForAsync(
                    IsOpen(truth.Pid, path), $"open of {path}", TimeSpan.FromMilliseconds(300));
                truth.AssertFile(open);
                return;
            }
            catch (TimeoutException) when (i < Tries)
            {
                // Not compared yet.
            }
        }
    }
}
