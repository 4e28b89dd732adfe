using Kernel.Tests.Harness;

namespace Kernel.Tests;

/// <summary>Watch lists change while the agent runs, without a moment in which what stays on them is not seen.</summary>
public sealed class ReloadTests(AgentWithConfig running) : IClassFixture<AgentWithConfig>
{
    [KernelFact]
    public async Task File_that_a_rule_names_since_a_moment_ago_is_watched_beside_the_others_and_instead_of_them()
    {
        var added = running.Scratch.Write("added");
        var kept = running.Scratch.Write("kept");
        running.Watch(kept);
        await running.ReadAnewAsync();
        await Reported(kept);

        running.Watch(kept, added);
        await running.ReadAnewAsync();
        await Reported(added);
        await Reported(kept);

        running.Watch(added);
        await running.ReadAnewAsync();
        await Reported(added);
    }

    [KernelFact]
    public async Task What_stays_on_the_lists_is_seen_all_the_time()
    {
        var kept = running.Scratch.Write("all-the-time");
        running.Watch(kept);
        await running.ReadAnewAsync();

        // Lists hold when they were compared with the file system, a moment after they were read.
        await Reported(kept);
        using var stop = new CancellationTokenSource();
        var opens = Task.Run(async () =>
        {
            var pids = new List<int>();
            while (!stop.IsCancellationRequested)
            {
                pids.Add((await Trigger.RunAsync("open_plain", kept)).Pid);
            }

            return pids;
        });
        for (var i = 0; i < 5; i++)
        {
            running.Watch(kept, running.Scratch.Write($"another-{i}"));
            await running.ReadAnewAsync();
        }

        await stop.CancelAsync();
        foreach (var pid in await opens)
        {
            await running.Agent.WaitForEventAsync("file_open", pid);
        }
    }

    private async Task Reported(string path)
    {
        // The lists are compared with the file system within a moment, not at once.
        for (var i = 0; ; i++)
        {
            var open = await Trigger.RunAsync("open_plain", path);
            await running.SettleAsync();
            if (running.Agent.Events.All.Any(e => e.Kind == "file_open" && e.ProcessId == open.Pid) || i == 50)
            {
                await running.Agent.WaitForEventAsync("file_open", open.Pid);
                return;
            }
        }
    }
}
