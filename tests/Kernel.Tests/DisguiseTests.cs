namespace Kernel.Tests;

/// <summary>A process is who it is by the file it runs and by who spawned it, whatever it calls itself.</summary>
public sealed class DisguiseTests(AgentWithCalls running) : IClassFixture<AgentWithCalls>
{
    [KernelFact]
    [Trait("Evasion", "12")]
    public async Task Program_that_only_memory_holds_is_reported_as_one_without_a_name()
    {
        var ran = await Command.MustRunAsync(KernelRequirements.TriggerExecutable, "exec_memory", "/bin/true");
        var truth = Truth.Parse(ran.Output);

        var exec = await ExecAsync(truth.Pid, e => e.Number("Inode") == truth.Inode);
        Assert.StartsWith("/memfd:nothing-on-disk", exec.Text("Image"), StringComparison.Ordinal);
        Assert.Equal(0, exec.Number("LinkCount"));
        Assert.Equal("[kworker/0:1]", exec.Text("CommandLine"));
        Assert.Equal("trigger", exec.Text("CallerComm"));
        Assert.Equal("nothing-on-disk", (await running.CallAsync(truth, "memfd_create")).Text("TargetFilename"));
    }

    [KernelFact]
    [Trait("Evasion", "13")]
    public async Task Script_is_reported_with_its_own_name_beside_its_interpreter()
    {
        var script = running.Scratch.Write("other/script.sh", "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var exec = await ExecAsync((await Command.MustRunAsync(script)).Pid, e => e.Text("AskedPath") == script);

        Assert.Equal("/bin/sh", exec.Text("Interpreter"));
        Assert.Equal($"/bin/sh {script}", exec.Text("CommandLine"));
    }

    [KernelFact]
    [Trait("Evasion", "13")]
    [Trait("Verdict", "in part: the program stands in the arguments, its own identity is not told")]
    public async Task Program_that_the_dynamic_linker_starts_stands_in_the_arguments()
    {
        var linker = Directory.EnumerateFiles("/lib64", "ld-linux*").Concat(Directory.EnumerateFiles("/lib", "ld-linux*")).First();

        var exec = await ExecAsync((await Command.MustRunAsync(linker, "/bin/true")).Pid, e => e.Text("AskedPath") == linker);

        Assert.Contains("/ld-linux", exec.Text("Image"), StringComparison.Ordinal);
        Assert.Equal($"{linker} /bin/true", exec.Text("CommandLine"));
    }

    [KernelFact]
    [Trait("Evasion", "15")]
    public async Task Copy_of_a_program_under_a_trusted_name_is_reported_by_its_own_path_and_inode()
    {
        var copy = running.Scratch.Under("other/systemd-logind");
        File.Copy("/bin/cat", copy);
        var watched = running.NewWatched();

        var ran = await Command.MustRunAsync(copy, watched);

        var open = await running.Agent.WaitForEventAsync(
            e => e.Kind == "file_open" && e.ProcessId == ran.Pid && e.Text("TargetFilename") == watched, "open");
        Assert.Equal((copy, "systemd-logind"), (open.Text("Image"), open.Text("Comm")));
    }

    [KernelFact]
    [Trait("Evasion", "24")]
    public async Task Overwritten_name_and_arguments_do_not_change_image_and_command_line()
    {
        var watched = running.NewWatched();

        var open = await OpenAsync("open_disguised", watched);

        Assert.Equal(KernelRequirements.TriggerExecutable, open.Text("Image"));
        Assert.Equal($"{KernelRequirements.TriggerExecutable} open_disguised {watched}", open.Text("CommandLine"));
    }

    [KernelFact]
    [Trait("Evasion", "16")]
    public async Task Ancestor_that_renames_itself_keeps_its_image()
    {
        var watched = running.NewWatched();

        var open = await OpenAsync("open_below_fakes", watched);

        Assert.Equal(KernelRequirements.TriggerExecutable, open.Text("ParentImage"));
        Assert.Equal($"{KernelRequirements.TriggerExecutable} open_below_fakes {watched}", open.Text("ParentCommandLine"));
    }

    /// <summary>By a process that the started one made.</summary>
    private async Task<AgentEvent> OpenAsync(string way, string watched)
    {
        await Command.RunAsync(KernelRequirements.TriggerExecutable, way, watched);
        return await running.Agent.WaitForEventAsync(e => e.Kind == "file_open" && e.Text("TargetFilename") == watched, way);
    }

    private Task<AgentEvent> ExecAsync(int pid, Func<AgentEvent, bool> fits) =>
        running.Agent.WaitForEventAsync(e => e.Kind == "exec" && e.ProcessId == pid && fits(e), $"exec by {pid}");
}
