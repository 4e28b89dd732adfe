using System.Globalization;
using System.Text.Json.Nodes;

namespace Kernel.Tests;

/// <summary>Once it runs, the agent has next to none of root's rights, in none of its threads, and does all its work.</summary>
public sealed class RightsTests : IDisposable
{
    /// <summary>CAP_DAC_READ_SEARCH and CAP_SYS_PTRACE.</summary>
    private const ulong Needed = (1ul << 2) | (1ul << 19);

    /// <summary>CAP_BPF: kernels before 5.19 allow no use of maps without it.</summary>
    private static readonly ulong Kept = Environment.OSVersion.Version < new Version(5, 19) ? Needed | (1ul << 39) : Needed;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [KernelFact]
    public async Task No_thread_has_more_than_running_takes_and_none_can_gain_more()
    {
        await using var agent = await StartAsync();
        await WaitForSelfTestAsync();

        var threads = StatusOfThreads(agent.Pid);

        Assert.True(threads.Count > 3, "the runtime has threads");
        Assert.All(threads, status =>
        {
            Assert.Equal((Kept, Kept, Kept), (Set(status, "CapEff"), Set(status, "CapPrm"), Set(status, "CapBnd")));
            Assert.Equal((0ul, 0ul), (Set(status, "CapInh"), Set(status, "CapAmb")));
            Assert.Equal("1", status["NoNewPrivs"]);
        });
        Assert.DoesNotContain(agent.Messages.All, m => m.Contains("self-test", StringComparison.Ordinal) || m.Contains("bounding set", StringComparison.Ordinal));
        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact("setpriv")]
    public async Task Process_of_another_user_that_is_older_than_the_agent_is_known_by_its_program_and_arguments()
    {
        var (go, watched) = (_scratch.Write("go"), _scratch.Write("watched"));
        OpenToAll(_scratch.Path, watched);
        var script = $"while [ -e {go} ]; do sleep 0.05; done; cat {watched} > /dev/null; exit 0";
        var waiting = Command.RunAsync("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "sh", "-c", script);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await using var agent = await StartAsync(new JsonObject { ["watch.moreFiles"] = new JsonArray(watched) });

        File.Delete(go);

        var shell = await waiting;
        var open = await agent.WaitForEventAsync(e => e.Kind == "file_open" && e.ParentProcessId == shell.Pid, "open below the shell");
        Assert.Equal((65534L, $"sh -c {script}"), (open.Number("Uid"), open.Text("ParentCommandLine")));
        Assert.Equal(File.ResolveLinkTarget("/bin/sh", returnFinalTarget: true)?.Name, Path.GetFileName(open.Text("ParentImage")));
        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact("setpriv")]
    public async Task File_in_a_folder_that_is_closed_to_all_but_another_user_is_watched()
    {
        var watched = _scratch.Write("closed/watched");
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        await Command.MustRunAsync("chown", "-R", "65534:65534", _scratch.Under("closed"));
        File.SetUnixFileMode(_scratch.Under("closed"), OwnerOnly);
        await using var agent = await StartAsync(new JsonObject { ["watch.moreFiles"] = new JsonArray(watched) });

        var truth = await Trigger.RunAsync("open_plain", watched);

        truth.AssertFile(await agent.WaitForEventAsync("file_open", truth.Pid));
        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact]
    public async Task Lists_and_networks_are_read_anew()
    {
        var (first, second) = (_scratch.Write("first"), _scratch.Write("second"));
        var networks = _scratch.Write("networks", "203.0.113.0/24\n");
        var config = new JsonObject
        {
            ["watch.moreFiles"] = new JsonArray(first), ["network.excludeFiles"] = new JsonArray(networks),
            ["watch.rules"] = new JsonArray(_scratch.Under("rules")),
        };
        WriteRule(first);
        await using var agent = await StartAsync(config);
        var excluded = await Trigger.RunAsync("connect4", "203.0.113.10", "443");

        WriteRule(second);
        _scratch.Write("networks", "198.51.100.0/24\n");
        Signals.Send(agent.Pid, Signals.HangUp);
        await agent.Messages.WaitForAsync(m => m.EndsWith("options were read anew", StringComparison.Ordinal), "message that options were read anew");

        var reported = await Trigger.RunAsync("connect4", "203.0.113.10", "443");
        await agent.WaitForEventAsync("connect", reported.Pid);

        // The lists are compared with the file system within a moment, not at once.
        var pids = new List<int>();
        while (!agent.Events.All.Any(e => e.Kind == "file_open" && pids.Contains(e.ProcessId)))
        {
            Assert.True(pids.Count < 100, "the second file is not watched");
            pids.Add((await Trigger.RunAsync("open_plain", second)).Pid);
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        Assert.DoesNotContain(agent.Events.All, e => e.Kind == "connect" && e.ProcessId == excluded.Pid);
        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact("capsh")]
    public async Task Without_the_right_to_shrink_the_bounding_set_the_rest_is_given_up_and_that_is_said()
    {
        await using var agent = await StartAsync(wrapper:
            ["capsh", "--drop=cap_setpcap", "--", "-c", "exec \"$0\" \"$@\""]);

        await agent.Messages.WaitForAsync(m => m.Contains("bounding set stays as it was, for want of CAP_SETPCAP", StringComparison.Ordinal), "message");
        Assert.All(StatusOfThreads(agent.Pid), status => Assert.Equal((Kept, Kept), (Set(status, "CapEff"), Set(status, "CapPrm"))));
        Assert.Equal(0, await agent.StopAsync());
    }

    [KernelFact("capsh")]
    public async Task Only_the_rights_of_the_shipped_unit_are_enough()
    {
        var unit = File.ReadLines(Path.Combine(Repository.Root, "cdk", "Bootstrap", "edge-agent.service"))
            .Single(line => line.StartsWith("CapabilityBoundingSet=", StringComparison.Ordinal)).Split('=')[1].Split(' ');
        var watched = _scratch.Write("watched");
        await using var agent = await StartAsync(
            new JsonObject { ["watch.moreFiles"] = new JsonArray(watched) },
            ["setpriv", "--bounding-set", $"-all,{string.Join(',', unit.Select(name => $"+{name["CAP_".Length..].ToLowerInvariant()}"))}"]);

        var truth = await Trigger.RunAsync("open_plain", watched);

        truth.AssertFile(await agent.WaitForEventAsync("file_open", truth.Pid));
        Assert.All(StatusOfThreads(agent.Pid), status => Assert.Equal((Kept, Kept), (Set(status, "CapEff"), Set(status, "CapBnd"))));
        Assert.Equal(0, await agent.StopAsync());
    }

    private static Task WaitForSelfTestAsync() => Task.Delay(TimeSpan.FromSeconds(3));

    private static ulong Set(Dictionary<string, string> status, string name) => ulong.Parse(status[name], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> StatusOfThreads(int pid) =>
    [
        .. Directory.GetDirectories($"/proc/{pid}/task").Select(task => File.ReadLines($"{task}/status")
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1])),
    ];

    private static void OpenToAll(params string[] paths)
    {
        foreach (var path in paths)
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherRead | (Directory.Exists(path) ? UnixFileMode.OtherExecute : 0));
        }
    }

    private void WriteRule(string path) => _scratch.Write(
        "rules/watch.yml",
        "title: watched by the test\nlogsource: { product: linux, category: file_access }\n"
        + $"detection:\n  s:\n    TargetFilename: [{path}]\n  condition: s\n");

    private Task<AgentProcess> StartAsync(JsonObject? options = null, IReadOnlyList<string>? wrapper = null)
    {
        options ??= [];
        options["selfTest.seconds"] = 1;
        return AgentProcess.StartAsync(_scratch, options, wrapper);
    }
}
