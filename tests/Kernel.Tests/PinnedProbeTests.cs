using System.Text.Json.Nodes;
using Kernel.Tests.Harness;

namespace Kernel.Tests;

/// <summary>Pinned probes that somebody took away while no agent ran, or that have other rings than the options say.</summary>
public sealed class PinnedProbeTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly BpfFileSystem? _bpf;
    private readonly string _watched;

    public PinnedProbeTests()
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

    [KernelFact("bpftool")]
    public async Task Probe_that_was_detached_is_attached_anew_by_the_next_agent_and_nothing_that_waited_is_lost()
    {
        await using (var first = await StartAsync())
        {
            Signals.Send(first.Pid, Signals.Kill);
        }

        var waited = await Trigger.RunAsync("open_plain", _watched);
        await DetachAsync("cgroup_inet4_connect");
        var unseen = await Trigger.RunAsync("connect4", "203.0.113.10", "443");

        await using var second = await StartAsync();
        Assert.Contains(second.Messages.All, m => m.EndsWith(
            $"pins: of the probes in {Pins}/1 some do not fire any more (Connect4); new ones take over their rings", StringComparison.Ordinal));
        var truth = await Trigger.RunAsync("connect4", "203.0.113.11", "443");
        Assert.Equal("203.0.113.11", (await second.WaitForEventAsync("connect", truth.Pid)).Text("DestinationIp"));
        await second.WaitForEventAsync("file_open", waited.Pid);
        Assert.Equal([Path.Combine(Pins, "2")], Directory.EnumerateDirectories(Pins));
        Assert.Equal(0, await second.StopAsync());
        Assert.DoesNotContain(second.Events.All, e => e.Kind == "connect" && e.ProcessId == unseen.Pid);
        AssertNothingOfItself(second);
    }

    [KernelFact]
    public async Task Adopted_probes_are_tried_and_nothing_of_that_leaves_the_host()
    {
        await using (var first = await StartAsync())
        {
            Signals.Send(first.Pid, Signals.Kill);
        }

        await using var second = await StartAsync();
        Assert.Contains(second.Messages.All, m => m.EndsWith($"pins: goes on with the probes in {Pins}/1", StringComparison.Ordinal));
        var truth = await Trigger.RunAsync("open_plain", _watched);
        await second.WaitForEventAsync("file_open", truth.Pid);
        Assert.Equal(0, await second.StopAsync());
        AssertNothingOfItself(second);
    }

    [KernelFact]
    public async Task Rings_that_keep_their_size_are_named_with_what_changes_it()
    {
        await using (var first = await StartAsync())
        {
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = await StartAsync(new JsonObject { ["rings.bulkKiB"] = 1024 });
        Assert.Contains(second.Messages.All, m => m.Contains($"pins: the rings in {Pins}/1 keep their ", StringComparison.Ordinal)
            && m.Contains("edge-agent stop --detach", StringComparison.Ordinal));
        Assert.Equal(0, await second.StopAsync());
    }

    private static void AssertNothingOfItself(AgentProcess agent) =>
        Assert.DoesNotContain(agent.Events.All, e => e.ProcessId == agent.Pid || e.ParentProcessId == agent.Pid);

    private async Task DetachAsync(string attachType)
    {
        foreach (var link in Directory.EnumerateFiles(Path.Combine(Pins, "1"), "link_*"))
        {
            if ((await Command.MustRunAsync("bpftool", "link", "show", "pinned", link)).Output.Contains($"attach_type {attachType} ", StringComparison.Ordinal))
            {
                await Command.MustRunAsync("bpftool", "link", "detach", "pinned", link);
                return;
            }
        }

        throw new InvalidOperationException($"no link is of {attachType}");
    }

    private Task<AgentProcess> StartAsync(JsonObject? options = null)
    {
        options ??= [];
        options["watch.moreFiles"] = new JsonArray(_watched);
        options["forward.lifecycle"] = true;
        options["pins"] = Pins;
        return AgentProcess.StartAsync(_scratch, options);
    }
}
