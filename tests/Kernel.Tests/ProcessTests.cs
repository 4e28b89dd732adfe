namespace Kernel.Tests;

/// <summary>Processes that are made or end in unusual ways have their forks, execs, exits and ancestors all the same.</summary>
public sealed class ProcessTests(AgentWithLifecycle running) : IClassFixture<AgentWithLifecycle>
{
    [KernelTheory]
    [InlineData("run_vfork")]
    [InlineData("run_spawn")]
    [InlineData("run_thread")]
    public async Task Child_that_runs_a_program_is_one_process_from_its_fork_to_its_exit(string way)
    {
        var truth = await Trigger.RunAsync(way, "/bin/true");
        var child = (int)truth.Number("child");

        var exit = await running.Agent.WaitForEventAsync("exit", child);
        var exec = await running.Agent.WaitForEventAsync("exec", child);
        var fork = await running.Agent.WaitForEventAsync(
            e => e.Kind == "fork" && e.ProcessId == truth.Pid && e.Number("ChildProcessId") == child, "fork");
        Assert.Equal("/usr/bin/true", exec.Text("Image"));
        Assert.Equal(KernelRequirements.TriggerExecutable, exec.Text("ParentImage"));
        Assert.Equal((truth.Pid, truth.Pid), (exec.ParentProcessId, exit.ParentProcessId));
        Assert.Equal(truth.Number("result"), exit.Number("ExitCode"));
        Assert.True(fork.Sequence < exec.Sequence && exec.Sequence < exit.Sequence);
        Assert.Single(running.Agent.Events.All, e => e.Kind == "exit" && e.ProcessId == child);
    }

    [KernelFact]
    public async Task Open_200_processes_below_is_reported_with_the_chain_of_forks()
    {
        const int Depth = 200;
        var ran = await Command.MustRunAsync(KernelRequirements.TriggerExecutable, "open_deep", running.Watched, $"{Depth}");
        var truth = Truth.Parse(ran.Output);

        var open = await running.Agent.WaitForEventAsync("file_open", truth.Pid);
        await running.SettleAsync();

        var parents = running.Agent.Events.All.Where(e => e.Kind == "fork").ToLookup(e => e.Number("ChildProcessId"), e => e.ProcessId);
        var steps = new List<int> { open.ProcessId };
        while (steps[^1] != truth.Number("top"))
        {
            Assert.True(steps.Count <= Depth, "the chain does not reach the top");
            steps.Add(parents[steps[^1]].Last());
        }

        Assert.Equal(Depth + 1, steps.Count);
        Assert.Equal((ran.Pid, steps[1]), (steps[^1], open.ParentProcessId));
        Assert.Equal(KernelRequirements.TriggerExecutable, open.Text("ParentImage"));
    }

    [KernelFact]
    public async Task Process_that_is_gone_at_once_has_image_user_and_parent()
    {
        var truth = await Trigger.RunAsync("open_and_die", running.Watched);

        var open = await running.Agent.WaitForEventAsync("file_open", (int)truth.Number("child"));

        Assert.Equal(KernelRequirements.TriggerExecutable, open.Text("Image"));
        Assert.Equal(("root", truth.Pid), (open.Text("User"), open.ParentProcessId));
    }

    [KernelFact]
    [Trait("Evasion", "30")]
    [Trait("Verdict", "in part: who was there before is known by its /proc, what it did before is not")]
    public async Task Process_that_is_older_than_the_agent_is_known_with_its_ancestors()
    {
        var go = running.Scratch.Write("go");
        var script = $"while [ -e {go} ]; do sleep 0.05; done; cat {running.Watched} > /dev/null; exit 0";
        var waiting = Command.RunAsync("sh", "-c", script);
        await running.Agent.WaitForEventAsync(e => e.Kind == "exec" && e.Text("CommandLine") == $"sh -c {script}", "waiting shell");
        await using var late = await AgentProcess.StartAsync(
            running.Scratch, new System.Text.Json.Nodes.JsonObject { ["watch.moreFiles"] = new System.Text.Json.Nodes.JsonArray(running.Watched) });

        File.Delete(go);

        var shell = await waiting;
        var open = await late.WaitForEventAsync(e => e.Kind == "file_open" && e.ParentProcessId == shell.Pid, "open below the shell");
        Assert.Equal($"sh -c {script}", open.Text("ParentCommandLine"));
    }
}
