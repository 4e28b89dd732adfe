using System.Text.Json.Nodes;
using Wire.Text;

namespace Kernel.Tests;

/// <summary>Events tell what the process may do beyond its ids, from which terminal, and in which namespaces it is.</summary>
public sealed class SurroundingsTests(AgentWithFiles running) : IClassFixture<AgentWithFiles>
{
    private static readonly string[] NoNames = [];

    public static TheoryData<string[]> Wrappers => new(
        NoNames,
        ["unshare", "--mount", "--net", "--uts"],
        ["setpriv", "--bounding-set=-all", "--inh-caps=-all"],
        ["setpriv", "--bounding-set=-all,+setuid,+net_raw", "--inh-caps=-all"]);

    [KernelTheory("unshare")]
    [MemberData(nameof(Wrappers))]
    public async Task Open_tells_capabilities_terminal_and_namespaces_of_the_process(string[] wrapper)
    {
        var truth = await Trigger.RunInAsync(wrapper, "open_plain", running.Watched("plain"));

        truth.AssertSurroundings(await running.Agent.WaitForEventAsync("file_open", truth.Pid));
    }

    [KernelFact]
    public async Task Open_tells_the_controlling_terminal()
    {
        var truth = await Trigger.RunAsync("open_on_terminal", running.Watched("plain"));

        var open = await running.Agent.WaitForEventAsync("file_open", truth.Pid);
        Assert.StartsWith("pts/", open.Text("Tty"), StringComparison.Ordinal);
        truth.AssertSurroundings(open);
    }

    [KernelFact("unshare")]
    public async Task Open_in_new_pid_and_user_namespaces_tells_them()
    {
        var ran = await Command.MustRunAsync(
            "unshare", "--user", "--map-root-user", "--pid", "--fork", KernelRequirements.TriggerExecutable, "open_plain", running.Watched("plain"));
        var truth = Truth.Parse(ran.Output);

        var open = await running.Agent.WaitForEventAsync(e => e.Kind == "file_open" && e.ParentProcessId == ran.Pid, "open in the new namespaces");
        truth.AssertSurroundings(open);
        Assert.Equal(1, truth.Pid);
        Assert.NotEqual(1, open.ProcessId);
        Assert.NotEqual(new FileInfo("/proc/self/ns/pid").LinkTarget, $"pid:[{open.Number("PidNamespace")}]");
    }

    [KernelFact]
    public async Task Exec_tells_what_the_program_may_do_and_not_who_ran_it()
    {
        using var scratch = new ScratchFolder();
        await using var agent = await AgentProcess.StartAsync(scratch, new JsonObject { ["forward.exec"] = "all" });

        var ran = await Command.MustRunAsync("setpriv", "--bounding-set=-all,+kill", "--inh-caps=-all", "/bin/true");

        var exec = await agent.WaitForEventAsync(e => e.Kind == "exec" && e.ProcessId == ran.Pid && e.Text("Image") == "/usr/bin/true", "exec");
        Assert.Equal(CapabilityNames.MaskOf(1 << 5), exec.Text("Capabilities"));
    }
}
