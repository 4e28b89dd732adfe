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

    [KernelTheory("bpftool", "gdb")]
    [InlineData("on_exec", "exec")]
    [InlineData("on_fork", "fork")]
    [InlineData("on_exit", "exit")]
    [InlineData("on_return", "file opens", "system calls")]
    [InlineData("on_return", "system calls", "file opens")]
    [InlineData("on_connect6", "IPv6 connects")]
    public async Task Probe_of_any_signal_that_is_taken_away_while_the_agent_runs_is_named(string program, string named, string? alsoNamed = null)
    {
        await using var agent = await StartAsync();

        // The kernel detaches no tracepoint for others; with its link closed, as by a debugger, it is gone.
        var link = await LinkOfAsync(agent.Pid, program);
        await Command.MustRunAsync("gdb", "--batch", "--nx", "-p", $"{agent.Pid}", "-ex", $"call (int)close({link})");

        await agent.Messages.WaitForAsync(m => m.Contains($"self-test: the probe of {named} does not fire", StringComparison.Ordinal), "self-test");

        // The exit of the test's program is known by what its exec told.
        Assert.DoesNotContain(
            agent.Messages.All,
            m => m.Contains("self-test", StringComparison.Ordinal) && !m.Contains(named, StringComparison.Ordinal)
                && !(alsoNamed is not null && m.Contains(alsoNamed, StringComparison.Ordinal)) && !(named == "exec" && m.Contains("of exit ", StringComparison.Ordinal)));
    }

    [KernelFact("bpftool")]
    public async Task Probe_that_is_muted_by_its_maps_is_named()
    {
        await using var agent = await StartAsync();
        var map = MapsOf(agent.Pid).First(id => Command.RunAsync("bpftool", "map", "show", "id", id).GetAwaiter().GetResult().Output.Contains("filter_ag", StringComparison.Ordinal));

        await Command.MustRunAsync(
            "bpftool", ["map", "update", "id", map, "key", "0", "0", "0", "0", "value", .. Enumerable.Repeat("0", 65536)]);

        await agent.Messages.WaitForAsync(m => m.Contains("self-test: the probe of file opens does not fire", StringComparison.Ordinal), "self-test");
        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact("bpftool")]
    public async Task Nothing_that_the_trial_of_the_probes_watched_stays_in_their_maps()
    {
        await using var agent = await AgentProcess.StartAsync(_scratch);

        var watched = string.Concat(await Task.WhenAll(MapsOf(agent.Pid).Select(async id => (await Command.RunAsync("bpftool", "map", "dump", "id", id)).Output)));

        var truth = await Trigger.RunAsync("open_plain", KernelRequirements.AgentExecutable);
        Assert.Matches("\"inode\": [1-9]", watched);
        Assert.DoesNotMatch($"\"inode\": {truth.Inode}\\b", watched);
        Assert.Equal(0, await agent.StopAsync());
        Assert.Equal(0, (await StoppedLine.OfAsync(agent)).Lost);
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
        ["probes.avoid"] = new JsonArray("file-open.lsm", "file-open.fexit"),
    });

    /// <summary>The descriptor of the link by which a program of the agent hangs.</summary>
    private static async Task<string> LinkOfAsync(int pid, string program)
    {
        foreach (var info in Directory.EnumerateFiles($"/proc/{pid}/fdinfo"))
        {
            var lines = LinesOf(info);
            if (lines.Any(line => line.StartsWith("link_id:", StringComparison.Ordinal))
                && lines.FirstOrDefault(line => line.StartsWith("prog_id:", StringComparison.Ordinal)) is { } id
                && (await Command.RunAsync("bpftool", "prog", "show", "id", id["prog_id:".Length..].Trim())).Output.Contains($" name {program} ", StringComparison.Ordinal))
            {
                return Path.GetFileName(info);
            }
        }

        throw new InvalidOperationException($"{program} hangs nowhere");
    }

    /// <summary>Nothing of a descriptor that was closed meanwhile.</summary>
    private static string[] LinesOf(string info)
    {
        try
        {
            return File.ReadAllLines(info);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static IEnumerable<string> MapsOf(int pid) => Directory.EnumerateFiles($"/proc/{pid}/fdinfo")
        .SelectMany(LinesOf).Where(line => line.StartsWith("map_id:", StringComparison.Ordinal)).Select(line => line["map_id:".Length..].Trim());

    /// <summary>The link of a process that hangs at a place in a cgroup.</summary>
    private static string LinkOf(int pid, int attachType) => Directory.EnumerateFiles($"/proc/{pid}/fdinfo")
        .Select(file => LinesOf(file).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToLookup(line => line[0], line => line[^1]))
        .Single(info => info["attach_type"].Contains(attachType.ToString(CultureInfo.InvariantCulture)))["link_id"].Single();
}
