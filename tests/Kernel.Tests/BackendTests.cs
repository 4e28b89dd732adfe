using System.Text.Json.Nodes;

namespace Kernel.Tests;

/// <summary>Whichever probes show a signal on this kernel, the events are the same; what could not be used is said with its reason.</summary>
public sealed class BackendTests : IDisposable
{
    /// <summary>The plain tracepoint is found there. Not every host has it mounted; this one is the agent's alone, and goes with it.</summary>
    private static readonly string[] WithTracefs =
        ["unshare", "--mount", "sh", "-c", "mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null || true; exec \"$0\" \"$@\""];

    private readonly ScratchFolder _scratch = new();
    private readonly string _watched;

    public BackendTests() => _watched = _scratch.Write("watched");

    public void Dispose() => _scratch.Dispose();

    [KernelTheory("unshare")]
    [InlineData("raw_tp", "file-open.lsm,file-open.fexit,file-open.tp_btf,process.tp_btf")]
    [InlineData("tracepoint", "file-open.lsm,file-open.fexit,file-open.tp_btf,file-open.raw_tp")]
    public async Task Next_backend_reports_the_same_opens(string used, string avoided)
    {
        await using var agent = await StartAsync(Avoiding(avoided.Split(',')), WithTracefs);
        var message = await agent.Messages.WaitForAsync(m => m.Contains("file-open: the tp_btf probes", StringComparison.Ordinal), "reason");
        Assert.EndsWith($"cannot be used (the configuration avoids them: probes.avoid); {used} takes its place", message, StringComparison.Ordinal);

        foreach (var call in (string[])["open_plain", "open_relative", "open_openat2", "open_by_handle"])
        {
            var truth = await Trigger.RunAsync(call, _watched);
            var open = await agent.WaitForEventAsync("file_open", truth.Pid);
            truth.AssertFile(open);
            truth.AssertActor(open);
            Assert.Equal("native", open.Text("OriginAbi"));
        }

        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact("unshare", X64Only = true)]
    public async Task Plain_tracepoint_sees_32_bit_calls_too()
    {
        await using var agent = await StartAsync(Avoiding("file-open.lsm", "file-open.fexit", "file-open.tp_btf", "file-open.raw_tp"), WithTracefs);
        var truth = await Trigger.RunAsync("open_int80", _watched);

        var open = await agent.WaitForEventAsync("file_open", truth.Pid);
        truth.AssertFile(open);
        Assert.Equal("compat32", open.Text("OriginAbi"));
    }

    [KernelFact]
    public async Task Next_backend_reports_execs_forks_and_exits()
    {
        await using var agent = await StartAsync(Avoiding("process.tp_btf"));
        var truth = await Trigger.RunAsync("fork_exit", "7");

        var exec = await agent.WaitForEventAsync("exec", truth.Pid);
        truth.AssertActor(exec);
        await agent.WaitForEventAsync("fork", truth.Pid);
        await agent.WaitForEventAsync("exit", (int)truth.Number("child"));
    }

    [KernelFact]
    public async Task Next_backend_reports_calls_and_refused_opens()
    {
        await using var agent = await StartAsync(Avoiding("calls.tp_btf"));
        var memory = await Trigger.RunAsync("memfd_create", "hidden-name");
        var packets = await Trigger.RunAsync("raw_socket");

        foreach (var truth in new[] { memory, packets })
        {
            truth.AssertActor(await agent.WaitForEventAsync("call", truth.Pid));
        }
    }

    [KernelFact]
    public async Task Without_any_probe_for_calls_the_agent_says_so_and_nothing_else_is_lost()
    {
        await using var agent = await StartAsync(Avoiding("calls.tp_btf", "calls.raw_tp"));
        await agent.Messages.WaitForAsync(m => m.EndsWith("no other is left; the agent runs without", StringComparison.Ordinal), "reason");
        var made = await Trigger.RunAsync("memfd_create", "hidden-name");
        var truth = await Trigger.RunAsync("open_plain", _watched);

        truth.AssertFile(await agent.WaitForEventAsync("file_open", truth.Pid));
        await agent.WaitForEventAsync("exec", truth.Pid);

        // Long enough for self-tests to have been judged.
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal(0, await agent.StopAsync());
        Assert.DoesNotContain(agent.Events.All, e => e.Kind == "call" && e.ProcessId == made.Pid);
        Assert.DoesNotContain(agent.Messages.All, m => m.Contains("self-test", StringComparison.Ordinal));
    }

    [KernelFact]
    public async Task Without_any_probe_for_the_network_the_agent_runs_degraded_and_sees_all_else()
    {
        await using var agent = await StartAsync(Avoiding("network.cgroup"));
        await agent.Messages.WaitForAsync(
            m => m.Contains("network: the cgroup probes", StringComparison.Ordinal) && m.EndsWith("the agent runs without and does not see what they would tell of", StringComparison.Ordinal), "reason");
        var truth = await Trigger.RunAsync("open_plain", _watched);
        truth.AssertFile(await agent.WaitForEventAsync("file_open", truth.Pid));
        var status = await agent.StatusAsync();
        Assert.StartsWith("degraded\n", status.Output, StringComparison.Ordinal);
        Assert.Contains("network: no probe can be used here", status.Output, StringComparison.Ordinal);
        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact("unshare", "umount")]
    public async Task Host_without_a_cgroup2_mount_gets_one_that_nobody_sees()
    {
        await using var agent = await StartAsync(
            [], ["unshare", "--mount", "sh", "-c", "umount --all --types cgroup2 && exec \"$0\" \"$@\""]);
        var truth = await Trigger.RunAsync("connect4", "203.0.113.10", "443");

        var connect = await agent.WaitForEventAsync("connect", truth.Pid);
        Assert.Equal("203.0.113.10", connect.Text("DestinationIp"));
        Assert.DoesNotContain(await File.ReadAllLinesAsync($"/proc/{agent.Pid}/mountinfo"), line => line.Contains(" - cgroup2 ", StringComparison.Ordinal));
    }

    private static JsonObject Avoiding(params string[] backends) => new()
    {
        ["probes.avoid"] = new JsonArray([.. backends.Select(name => (JsonNode)name)]), ["forward.lifecycle"] = true, ["selfTest.seconds"] = 1,
    };

    private Task<AgentProcess> StartAsync(JsonObject options, IReadOnlyList<string>? wrapper = null)
    {
        options["watch.moreFiles"] = new JsonArray(_watched);
        return AgentProcess.StartAsync(_scratch, options, wrapper);
    }
}
