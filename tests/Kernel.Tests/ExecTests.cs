namespace Kernel.Tests;

/// <summary>Programs are known by their files, whatever they are called and wherever they are by the time they run.</summary>
public sealed class ExecTests(AgentWithProgram running) : IClassFixture<AgentWithProgram>
{
    [KernelFact("ln")]
    public async Task Watched_program_under_the_name_of_a_hard_link_is_the_watched_program()
    {
        var link = running.Scratch.Under("programs/harmless");
        await Command.MustRunAsync("ln", running.Program, link);

        var exec = await ExecAsync((await Command.MustRunAsync(link)).Pid, link);

        Assert.True(exec.Flag("Sensitive"));
        Assert.True(exec.Flag("InodeAlias"));
        Assert.Equal(2, exec.Number("LinkCount"));
    }

    [KernelFact("unshare", "mount")]
    public async Task Watched_program_under_the_name_of_a_mount_is_the_watched_program()
    {
        var place = running.NewCopy();
        var ran = await Command.MustRunAsync("unshare", "--mount", "sh", "-c", "mount --bind \"$0\" \"$1\" && exec \"$1\"", running.Program, place);

        var exec = await ExecAsync(ran.Pid, place);

        Assert.True(exec.Flag("Sensitive"));
        Assert.True(exec.Flag("InodeAlias"));
    }

    [KernelFact]
    public async Task Other_program_with_the_watched_one_s_content_is_not_the_watched_program()
    {
        var copy = running.NewCopy();

        var exec = await ExecAsync((await Command.MustRunAsync(copy)).Pid, copy);

        Assert.False(exec.Flag("Sensitive"));
        Assert.False(exec.Flag("InodeAlias"));
    }

    [KernelFact]
    public async Task Program_that_was_deleted_before_it_runs_is_marked()
    {
        var copy = running.NewCopy();

        var ran = await Command.MustRunAsync("sh", "-c", "exec 3< \"$0\"; rm \"$0\"; exec /proc/self/fd/3", copy);

        var exec = await ExecAsync(ran.Pid, copy);
        Assert.True(exec.Flag("Deleted"));
        Assert.Equal(0, exec.Number("LinkCount"));
        Assert.Equal("/proc/self/fd/3", exec.Text("AskedPath"));
    }

    [KernelFact]
    public async Task Script_of_a_script_is_told_by_its_own_name_and_the_last_interpreter()
    {
        var inner = Script("inner", "/bin/sh");
        var outer = Script("outer", inner);

        var ran = await Command.MustRunAsync(outer);

        var exec = await running.Agent.WaitForEventAsync(e => e.Kind == "exec" && e.ProcessId == ran.Pid && e.Text("AskedPath") == outer, "exec of the script");
        Assert.Equal("/bin/sh", exec.Text("Interpreter"));
        Assert.Equal($"/bin/sh {inner} {outer}", exec.Text("CommandLine"));
        Assert.Equal(File.ResolveLinkTarget("/bin/sh", returnFinalTarget: true)?.Name ?? "sh", Path.GetFileName(exec.Text("Image")));
    }

    [KernelFact]
    public async Task Program_that_a_thread_runs_is_the_process_s_own()
    {
        var truth = await Trigger.RunAsync("run_thread", running.Program);

        var exec = await ExecAsync((int)truth.Number("child"), running.Program);

        Assert.True(exec.Flag("Sensitive"));
        Assert.Equal(truth.Pid, exec.ParentProcessId);
    }

    private string Script(string name, string interpreter)
    {
        var script = running.Scratch.Write($"programs/{name}.sh", $"#!{interpreter}\nexit 0\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }

    private Task<AgentEvent> ExecAsync(int pid, string image) =>
        running.Agent.WaitForEventAsync(e => e.Kind == "exec" && e.ProcessId == pid && e.Text("Image") == image, $"exec of {image} by {pid}");
}
