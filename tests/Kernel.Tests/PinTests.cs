using System.Text.Json.Nodes;
using Kernel.Tests.Harness;

namespace Kernel.Tests;

/// <summary>Probes that outlive their agent: what happens while none runs is reported by the next one.</summary>
public sealed class PinTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly BpfFileSystem? _bpf;
    private readonly string _watched;

    public PinTests()
    {
        _bpf = KernelRequirements.Missing is null ? new BpfFileSystem(_scratch) : null;
        _watched = _scratch.Write("watched");
    }

    private string Pins => _bpf!.Pins;

    public void Dispose()
    {
        _bpf?.Dispose();
        _scratch.Dispose();
    }

    [KernelFact]
    public async Task Opens_after_the_agent_was_killed_are_reported_by_the_next_one_in_order_and_once()
    {
        await using (var first = await StartAsync())
        {
            Assert.Contains("account", _bpf!.Pinned());
            Signals.Send(first.Pid, Signals.Kill);
        }

        var pids = await OpenAsync(20);
        await using var second = await StartAsync();
        Assert.Contains(second.Messages.All, m => m.EndsWith($"pins: goes on with the probes in {Pins}/1", StringComparison.Ordinal));
        Assert.Contains("pins          on: adopted from the life before\n", (await second.StatusAsync()).Output, StringComparison.Ordinal);
        await Reports(second, pids);
        Assert.Equal(0, await second.StopAsync());
        var opens = second.Events.All.Where(e => e.Kind == "file_open" && e.Lane == "high").ToList();
        Assert.Equal(pids, opens.Select(e => e.ProcessId).Where(pids.Contains));
        Assert.Equal(opens.Select(e => e.Sequence).Order(), opens.Select(e => e.Sequence));
        Assert.Equal(["account"], _bpf.Pinned().Where(name => name == "account"));
    }

    [KernelFact]
    public async Task Nothing_is_missed_while_one_agent_ends_and_another_begins()
    {
        using var stop = new CancellationTokenSource();
        var pids = new List<int>();
        List<AgentEvent> seen;
        await using (var first = await StartAsync())
        {
            var work = Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    pids.AddRange(await OpenAsync(1));
                }
            });
            await first.WaitForEventAsync(e => e.Kind == "file_open" && pids.Contains(e.ProcessId), "an open");
            Assert.Equal(0, await first.StopAsync());
            seen = [.. first.Events.All];
            await using var second = await StartAsync();
            await stop.CancelAsync();
            await work;
            await Reports(second, pids.TakeLast(1));
            Assert.Equal(0, await second.StopAsync());
            seen.AddRange(second.Events.All);
        }

        var opens = seen.Where(e => e.Kind == "file_open" && pids.Contains(e.ProcessId)).DistinctBy(e => (e.Lane, e.Sequence)).ToList();
        Assert.Equal(pids, opens.Select(e => e.ProcessId));
    }

    [KernelFact]
    public async Task Nothing_is_missed_while_a_release_with_other_probes_is_replaced_by_this_one()
    {
        using var stop = new CancellationTokenSource();
        var pids = new List<int>();
        List<AgentEvent> seen;
        await using (var old = await StartAsync(executable: OtherRelease.Make(_scratch)))
        {
            var work = Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    pids.AddRange(await OpenAsync(1));
                }
            });
            await old.WaitForEventAsync(e => e.Kind == "file_open" && pids.Contains(e.ProcessId), "an open");
            Assert.Equal(0, await old.StopAsync());
            seen = [.. old.Events.All];
            await using var upgraded = await StartAsync();
            Assert.Contains(upgraded.Messages.All, m => m.EndsWith(
                $"pins: the probes in {Pins}/1 are not those of this agent and these options; its own take over their rings", StringComparison.Ordinal));
            var after = (await OpenAsync(1))[0];
            await stop.CancelAsync();
            await work;
            await Reports(upgraded, [after, .. pids.TakeLast(1)]);
            Assert.Equal(0, await upgraded.StopAsync());
            seen.AddRange(upgraded.Events.All);
        }

        // What both see is told twice, under two numbers.
        var opens = seen.Where(e => e.Kind == "file_open" && pids.Contains(e.ProcessId)).DistinctBy(e => (e.Lane, e.Sequence)).ToList();
        Assert.Equal(pids, opens.Select(e => e.ProcessId).Distinct());
        Assert.InRange(opens.Count, pids.Count, pids.Count + 20);
    }

    [KernelFact]
    public async Task Agent_with_other_probes_takes_over_the_rings_of_the_one_before()
    {
        await using (var first = await StartAsync())
        {
            await Reports(first, await OpenAsync(1));
            Signals.Send(first.Pid, Signals.Kill);
        }

        var pids = await OpenAsync(5);
        await using var second = await StartAsync(new JsonObject { ["probes.avoid"] = new JsonArray("process.tp_btf") });
        Assert.Contains(second.Messages.All, m => m.Contains("its own take over their rings", StringComparison.Ordinal));
        Assert.Contains("pins          on: this life's own, upon the rings of the life before\n", (await second.StatusAsync()).Output, StringComparison.Ordinal);
        await Reports(second, pids);
        await Reports(second, await OpenAsync(1));
        Assert.Equal([Path.Combine(Pins, "2")], Directory.EnumerateDirectories(Pins));
        Assert.Equal(0, await second.StopAsync());
    }

    [KernelFact]
    public async Task Second_agent_with_the_same_pins_is_refused_and_the_first_goes_on()
    {
        await using var first = await StartAsync();
        var second = await Command.RunAsync(
            KernelRequirements.AgentExecutable, "--host-id", "second", "--metadata", "off", "--sinks", "jsonl", "--pins", Pins);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"pins: another agent runs with {Pins}; edge-agent stop ends it", second.Error, StringComparison.Ordinal);
        await Reports(first, await OpenAsync(1));
        Assert.Equal(0, await first.StopAsync());
    }

    [KernelFact]
    public async Task Start_that_did_not_come_to_its_end_is_removed()
    {
        await using (var first = await StartAsync())
        {
            Signals.Send(first.Pid, Signals.Kill);
        }

        File.Delete(Path.Combine(Pins, "1", "account"));
        await using var second = await StartAsync();
        Assert.Contains(
            second.Messages.All, m => m.EndsWith($"pins: what is in {Pins}/1 cannot be used and is removed: it is not whole: its start did not come to an end", StringComparison.Ordinal));
        await Reports(second, await OpenAsync(1));
        Assert.Contains("account", _bpf!.Pinned());
        Assert.Equal(0, await second.StopAsync());
    }

    [KernelFact]
    public async Task Stop_ends_the_agent_and_with_detach_nothing_of_it_stays()
    {
        await using var agent = await StartAsync();
        var doctor = await Command.MustRunAsync("env", $"EDGE_AGENT_PINS={Pins}", KernelRequirements.AgentExecutable, "doctor");
        Assert.Matches($"(?m)^pinned +{Pins}/1: [0-9]+ maps, [0-9]+ programs, [0-9]+ links; in use by a running agent$", doctor.Output);

        var stopped = await Command.MustRunAsync(KernelRequirements.AgentExecutable, "stop", "--pins", Pins);
        Assert.Contains($"stop: process {agent.Pid} has ended", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(0, await agent.EndedAsync());
        doctor = await Command.MustRunAsync("env", $"EDGE_AGENT_PINS={Pins}", KernelRequirements.AgentExecutable, "doctor");
        Assert.Contains("adopted by the next agent", doctor.Output, StringComparison.Ordinal);

        var detached = await Command.MustRunAsync(KernelRequirements.AgentExecutable, "stop", "--detach", "--pins", Pins);
        Assert.Contains($"the probes are detached, {Pins} is gone", detached.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Pins));
    }

    private Task<AgentProcess> StartAsync(JsonObject? options = null, string? executable = null)
    {
        options ??= [];
        options["watch.moreFiles"] = new JsonArray(_watched);
        options["pins"] = Pins;
        return AgentProcess.StartAsync(_scratch, options, executable: executable);
    }

    private async Task<IReadOnlyList<int>> OpenAsync(int times)
    {
        var pids = new List<int>();
        for (var i = 0; i < times; i++)
        {
            pids.Add((await Trigger.RunAsync("open_plain", _watched)).Pid);
        }

        return pids;
    }

    private static async Task Reports(AgentProcess agent, IEnumerable<int> pids)
    {
        foreach (var pid in pids)
        {
            await agent.WaitForEventAsync("file_open", pid);
        }
    }
}
