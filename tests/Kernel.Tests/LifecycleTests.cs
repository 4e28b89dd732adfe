using System.Text.Json.Nodes;

namespace Kernel.Tests;

/// <summary>Starting and ending agents, one or several.</summary>
public sealed class LifecycleTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _watched;

    public LifecycleTests() => _watched = _scratch.Write("watched");

    [KernelTheory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task Signal_ends_the_agent_with_everything_delivered(int signal)
    {
        // So long that only the end can be what delivers.
        await using var agent = await StartAsync(new JsonObject { ["batch.flushMilliseconds"] = 60_000, ["batch.highValueFlushMilliseconds"] = 1000 });
        var bulk = await Command.RunAsync("true");
        var high = await Trigger.RunAsync("open_plain", _watched);

        var exitCode = await agent.StopAsync(signal);

        Assert.Equal(0, exitCode);
        Assert.Contains(agent.Events.All, e => e.Kind == "exec" && e.ProcessId == bulk.Pid);
        var open = Assert.Single(agent.Events.All, e => e.Kind == "file_open" && e.ProcessId == high.Pid);
        high.AssertFile(open);
        await agent.WaitForLineAsync($"PID={high.Pid} ", "OP=open");
        var stopped = await StoppedLine.OfAsync(agent);
        Assert.Equal(0, stopped.Lost);
        Assert.Equal(agent.Events.All.Count, stopped.Seen - stopped.KeptOnHost);
    }

    [KernelFact("bpftool")]
    public async Task Signal_detaches_all_programs()
    {
        await using var agent = await StartAsync();
        var programs = ProgramsOf(agent.Pid);

        await agent.StopAsync();

        Assert.NotEmpty(programs);
        foreach (var id in programs)
        {
            await AssertGoneAsync(id);
        }
    }

    [KernelFact]
    public async Task Numbers_go_on_upwards_in_the_next_agent()
    {
        await using var first = await StartAsync();
        var before = await ReportedOpenAsync(first);
        await first.StopAsync();
        await using var second = await StartAsync();
        var after = await ReportedOpenAsync(second);
        await second.StopAsync();

        Assert.Equal(before.Text("boot"), after.Text("boot"));
        foreach (var lane in new[] { "high", "bulk" })
        {
            var last = first.Events.All.Where(e => e.Lane == lane).Max(e => e.Sequence);
            Assert.All(second.Events.All.Where(e => e.Lane == lane), e => Assert.True(e.Sequence > last, $"{e} is not above {last}"));
        }
    }

    [KernelFact]
    public async Task Two_agents_at_once_both_report()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();

        var truth = await Trigger.RunAsync("open_plain", _watched);

        truth.AssertFile(await one.WaitForEventAsync("file_open", truth.Pid));
        truth.AssertFile(await other.WaitForEventAsync("file_open", truth.Pid));
        Assert.Equal(0, await one.StopAsync());
        var later = await Trigger.RunAsync("open_plain", _watched);
        await other.WaitForEventAsync("file_open", later.Pid);
        Assert.Equal(0, await other.StopAsync());
    }

    [KernelFact]
    public async Task Console_lines_are_utf8_whatever_the_locale()
    {
        await using var agent = await StartAsync(wrapper: ["env", "LC_ALL=en_US.ISO-8859-1"]);

        var truth = await Trigger.RunAsync("open_plain", _watched);

        Assert.StartsWith("🚨 SENSITIVE: ", await agent.WaitForLineAsync($"PID={truth.Pid} ", "OP=open"), StringComparison.Ordinal);
    }

    [KernelFact("prlimit", "setpriv")]
    public async Task Agent_that_may_neither_lock_memory_nor_raise_its_limits_runs()
    {
        await using var agent = await StartAsync(wrapper:
            ["prlimit", "--memlock=65536:65536", "setpriv", "--bounding-set", "-sys_resource", "--inh-caps", "-sys_resource"]);

        await ReportedOpenAsync(agent);

        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact("unshare")]
    public async Task Agent_in_a_pid_namespace_of_its_own_does_not_start()
    {
        var ran = await Command.RunAsync("unshare", "--pid", "--fork", "--mount-proc", KernelRequirements.AgentExecutable, "--host-id", "x", "--metadata", "off");

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("pid namespace", ran.Error, StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task Watched_command_that_is_a_script_is_told()
    {
        var script = _scratch.Write("script", "#!/bin/sh\n");

        await using var agent = await StartAsync(new JsonObject { ["watch.moreCommands"] = new JsonArray(script) });

        await agent.Messages.WaitForAsync(m => m.Contains($"{script} is a script", StringComparison.Ordinal), "message about the script");
    }

    public void Dispose() => _scratch.Dispose();

    private Task<AgentProcess> StartAsync(JsonObject? options = null, IReadOnlyList<string>? wrapper = null)
    {
        options ??= [];
        options["watch.moreFiles"] = new JsonArray(_watched);
        return AgentProcess.StartAsync(_scratch, options, wrapper);
    }

    private async Task<AgentEvent> ReportedOpenAsync(AgentProcess agent)
    {
        var exec = await Command.RunAsync("true");
        await agent.WaitForEventAsync("exec", exec.Pid);
        return await agent.WaitForEventAsync("file_open", (await Trigger.RunAsync("open_plain", _watched)).Pid);
    }

    /// <summary>Ids of the BPF programs of which the process holds a descriptor.</summary>
    private static string[] ProgramsOf(int pid) =>
    [
        .. Directory.GetFiles($"/proc/{pid}/fdinfo")
            .SelectMany(File.ReadLines)
            .Where(l => l.StartsWith("prog_id:", StringComparison.Ordinal))
            .Select(l => l["prog_id:".Length..].Trim())
            .Distinct(),
    ];

    /// <summary>The kernel frees a program a moment after its last user has gone.</summary>
    private static async Task AssertGoneAsync(string id)
    {
        const int Tries = 100;
        for (var i = 0; (await Command.RunAsync("bpftool", "prog", "show", "id", id)).ExitCode == 0; i++)
        {
            Assert.True(i < Tries, $"program {id} is still loaded");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
