using System.Text.Json.Nodes;
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

    [KernelFact("ln")]
    public async Task Entries_taken_off_the_lists_are_no_longer_watched_under_any_name_while_the_others_are()
    {
        var (file, moved, kept) = (running.Scratch.Write("off/file"), running.Scratch.Write("off/moved"), running.Scratch.Write("off/kept"));
        var (inside, prefixed) = (running.Scratch.Write("off/folder/inside"), running.Scratch.Write("off/prefix-1"));
        running.Watch(file, moved, kept, running.Scratch.Under("off/folder/*"), running.Scratch.Under("off/prefix*"));
        await running.ReadAnewAsync();
        foreach (var path in new[] { file, moved, kept, inside, prefixed })
        {
            await Reported(path);
        }

        // Known by inode: moved away, a hard link of what was met in the folder, and files moved out of it.
        var (away, out1) = (running.Scratch.Under("off/away"), running.Scratch.Under("off/out"));
        var link = running.Scratch.Under("off/link");
        await Command.MustRunAsync("ln", inside, link);
        File.Move(moved, away);
        File.Move(inside, out1);
        foreach (var path in new[] { away, link, out1 })
        {
            await Reported(path);
        }

        var sign = running.Scratch.Write("off/sign");
        running.Watch(kept, sign);
        await running.ReadAnewAsync();
        await Reported(sign);

        var pids = new List<int>();
        foreach (var path in new[] { file, away, link, out1, prefixed })
        {
            pids.Add((await Trigger.RunAsync("open_plain", path)).Pid);
        }

        await Reported(kept);
        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind == "file_open" && pids.Contains(e.ProcessId));
    }

    [KernelFact]
    public async Task More_networks_than_there_is_room_for_are_refused_and_the_lists_stay_as_they_were()
    {
        using var scratch = new ScratchFolder();
        var networks = scratch.Write("networks", "203.0.113.0/24\n");
        var watched = scratch.Write("watched");
        await using var agent = await AgentProcess.StartAsync(
            scratch, new JsonObject { ["watch.moreFiles"] = new JsonArray(watched), ["network.excludeFiles"] = new JsonArray(networks) });

        scratch.Write("networks", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"11.{i >> 8}.{i & 255}.0/24\n")));
        Signals.Send(agent.Pid, Signals.HangUp);
        await agent.Messages.WaitForAsync(
            m => m.Contains("options were not taken", StringComparison.Ordinal) && m.EndsWith("a new start makes room for that many excluded networks", StringComparison.Ordinal), "refusal");

        var excluded = await Trigger.RunAsync("connect4", "203.0.113.10", "443");
        var reported = await Trigger.RunAsync("connect4", "11.1.1.1", "443");
        var open = await Trigger.RunAsync("open_plain", watched);
        await agent.WaitForEventAsync("connect", reported.Pid);
        await agent.WaitForEventAsync("file_open", open.Pid);
        Assert.DoesNotContain(agent.Events.All, e => e.Kind == "connect" && e.ProcessId == excluded.Pid);
        Assert.Equal(0, await agent.StopAsync());
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
