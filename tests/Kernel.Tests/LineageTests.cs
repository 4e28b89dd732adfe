namespace Kernel.Tests;

/// <summary>An event names the process that spawned its process, whoever adopted it since.</summary>
public sealed class LineageTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    private readonly string _shell = File.ResolveLinkTarget("/bin/sh", returnFinalTarget: true)?.Name is { } name ? $"/usr/bin/{name}" : "/usr/bin/sh";

    [KernelFact("sudo")]
    public async Task Child_of_a_shell_names_the_shell()
    {
        var shell = await Command.MustRunAsync("sh", "-c", "sudo -n true; exit 0");

        var sudo = await running.Agent.WaitForEventAsync(
            e => e.Kind == "exec" && e.Text("Image") == "/usr/bin/sudo" && e.ParentProcessId == shell.Pid, $"sudo below {shell.Pid}");
        Assert.Equal(_shell, sudo.Text("ParentImage"));
        Assert.Equal("sh", sudo.Text("ParentComm"));
        Assert.Equal("sh -c sudo -n true; exit 0", sudo.Text("ParentCommandLine"));
        Assert.Equal("root", sudo.Text("ParentUser"));
        Assert.NotEqual(shell.Pid, sudo.ProcessId);
    }

    [KernelFact("sudo")]
    [Trait("Evasion", "17")]
    public async Task What_sudo_starts_names_sudo_at_some_step_above()
    {
        var sudo = await Command.MustRunAsync("sudo", "-n", "sh", "-c", "cat /etc/shadow > /dev/null; exit 0");

        var cat = await running.Agent.WaitForEventAsync(
            e => e.Kind == "file_open" && e.Text("TargetFilename") == "/etc/shadow" && e.Text("Comm") == "cat"
                && e.Text("ParentCommandLine").StartsWith("sh -c cat /etc/shadow", StringComparison.Ordinal), "cat below sudo");
        var shell = await running.Agent.WaitForEventAsync(
            e => e.Kind == "exec" && e.ProcessId == cat.ParentProcessId && e.Text("Image") == _shell, "shell below sudo");
        Assert.Equal("/usr/bin/sudo", shell.Text("ParentImage"));

        // With a terminal sudo puts a monitor process in between, a sudo as well.
        Assert.True(shell.ParentProcessId >= sudo.Pid, shell.ToString());
    }

    [KernelFact]
    [Trait("Evasion", "17")]
    public async Task Daemon_keeps_the_process_that_spawned_it_as_its_parent()
    {
        var file = running.Scratch.Write("go");
        var script = $"( ( while [ -e {file} ]; do sleep 0.05; done; exec cat /etc/shadow > /dev/null ) 2> /dev/null & echo $! )";

        var shell = await Command.MustRunAsync("setsid", "--wait", "sh", "-c", $"{script} > {running.Scratch.Under("pid")}; exit 0");
        var daemon = int.Parse(File.ReadAllText(running.Scratch.Under("pid")), System.Globalization.CultureInfo.InvariantCulture);
        var adoptedBy = ParentOf(daemon);
        File.Delete(file);

        var open = await running.Agent.WaitForEventAsync("file_open", daemon);
        Assert.Equal(0, shell.ExitCode);
        Assert.NotEqual(adoptedBy, open.ParentProcessId);
        Assert.Equal(_shell, open.Text("ParentImage"));
        Assert.StartsWith("sh -c ( ( while", open.Text("ParentCommandLine"), StringComparison.Ordinal);
    }

    private static int ParentOf(int pid) => int.Parse(
        File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("PPid:", StringComparison.Ordinal)).AsSpan(5).Trim(),
        System.Globalization.CultureInfo.InvariantCulture);
}
