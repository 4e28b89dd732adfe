using System.Globalization;
using System.Text.Json.Nodes;

namespace Kernel.Tests;

/// <summary>The agent notices while it runs that one of its probes was taken away.</summary>
public sealed class SelfTestTests : IDisposable
{
    /// <summary>BPF_CGROUP_INET4_CONNECT.</summary>
    private const int Connect4 = 10;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [KernelFact("bpftool")]
    public async Task Probe_that_was_detached_is_named()
    {
        await using var agent = await StartAsync();

        await Command.MustRunAsync("bpftool", "link", "detach", "id", LinkOf(agent.Pid, Connect4));

        await agent.Messages.WaitForAsync(m => m.Contains("self-test: the probe of IPv4 connects does not fire", StringComparison.Ordinal), "self-test");
        Assert.DoesNotContain(agent.Messages.All, m => m.Contains("self-test", StringComparison.Ordinal) && !m.Contains("IPv4", StringComparison.Ordinal));
        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact]
    public async Task While_all_fire_nothing_is_said_and_nothing_of_the_test_leaves_the_host()
    {
        await using var agent = await StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal(0, await agent.StopAsync());

        Assert.DoesNotContain(agent.Messages.All, m => m.Contains("self-test", StringComparison.Ordinal));
        Assert.DoesNotContain(agent.Events.All, e => e.ProcessId == agent.Pid || e.ParentProcessId == agent.Pid);
    }

    private Task<AgentProcess> StartAsync() => AgentProcess.StartAsync(_scratch, new JsonObject
    {
        ["watch.moreFiles"] = new JsonArray(_scratch.Write("watched")), ["selfTest.seconds"] = 1, ["forward.lifecycle"] = true,
    });

    /// <summary>The link of a process that hangs at a place in a cgroup.</summary>
    private static string LinkOf(int pid, int attachType) => Directory.EnumerateFiles($"/proc/{pid}/fdinfo")
        .Select(file => File.ReadAllLines(file).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToLookup(line => line[0], line => line[^1]))
        .Single(info => info["attach_type"].Contains(attachType.ToString(CultureInfo.InvariantCulture)))["link_id"].Single();
}
