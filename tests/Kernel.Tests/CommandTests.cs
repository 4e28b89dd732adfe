using System.Text.RegularExpressions;

namespace Kernel.Tests;

/// <summary>Watched programs are reported when they are executed, with who did it.</summary>
public sealed class CommandTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    [KernelFact("useradd", "userdel")]
    public async Task Useradd_is_reported()
    {
        var name = ThrowAwayUser.NewName();
        try
        {
            await AssertReportedAsync("/usr/sbin/useradd", 0, "useradd", "--no-create-home", name);
        }
        finally
        {
            await ThrowAwayUser.RemoveAsync(name);
        }
    }

    [KernelFact("useradd", "userdel", "usermod")]
    public async Task Usermod_is_reported()
    {
        await using var user = await ThrowAwayUser.CreateAsync();
        await AssertReportedAsync("/usr/sbin/usermod", 0, "usermod", "-c", "renamed", user.Name);
    }

    [KernelFact("useradd", "userdel")]
    public async Task Userdel_is_reported()
    {
        await using var user = await ThrowAwayUser.CreateAsync();
        await AssertReportedAsync("/usr/sbin/userdel", 0, "userdel", user.Name);
    }

    [KernelFact("useradd", "userdel", "passwd")]
    public async Task Passwd_is_reported()
    {
        await using var user = await ThrowAwayUser.CreateAsync();
        await AssertReportedAsync("/usr/bin/passwd", 0, "passwd", "-S", user.Name);
    }

    [KernelFact("su")]
    public async Task Su_is_reported() =>
        await AssertReportedAsync("/usr/bin/su", 0, "su", "nobody", "-s", "/bin/sh", "-c", "true");

    [KernelFact("sudo")]
    public async Task Sudo_is_reported() => await AssertReportedAsync("/usr/bin/sudo", 0, "sudo", "-n", "true");

    [KernelFact("useradd", "userdel", "setpriv", "sudo")]
    public async Task Sudo_of_an_ordinary_user_shows_both_users() => await AssertPrivilegeChangeAsync("/usr/bin/sudo", "sudo", "-n", "true");

    [KernelFact("useradd", "userdel", "setpriv", "su")]
    public async Task Su_of_an_ordinary_user_shows_both_users() =>
        await AssertPrivilegeChangeAsync("/usr/bin/su", "su", "nobody", "-s", "/bin/sh", "-c", "true");

    [KernelFact("useradd", "userdel", "setpriv")]
    public async Task Watched_program_without_a_change_of_privilege_shows_one_user()
    {
        await using var user = await ThrowAwayUser.CreateAsync();

        var ran = await Command.RunAsync("setpriv", user.Become("sh", "-c", "exec unshare --help"));

        Assert.Equal(
            $"🚨 SENSITIVE: PID={ran.Pid} UID={user.Uid} USER={user.Name} COMM=sh OP=exec FILE=/usr/bin/unshare",
            await running.Agent.WaitForLineAsync($"PID={ran.Pid} ", "OP=exec"));
    }

    [KernelFact("useradd", "userdel", "setpriv")]
    public async Task User_made_a_moment_ago_is_reported_by_name_and_not_by_that_of_an_earlier_one()
    {
        for (var i = 0; i < 3; i++)
        {
            // All get the same user id, one after the other.
            await using var user = await ThrowAwayUser.CreateAsync();
            var ran = await Command.RunAsync("setpriv", user.Become("true"));
            var exec = await running.Agent.WaitForEventAsync(
                e => e.Kind == "exec" && e.ProcessId == ran.Pid && e.Text("Comm") == "true", $"exec of true by {ran.Pid}");
            Assert.Equal(user.Name, exec.Text("User"));
        }
    }

    [KernelFact]
    public async Task Other_programs_give_no_line_and_are_not_sensitive()
    {
        var ran = await Command.RunFromShellAsync("id");

        var exec = await running.Agent.WaitForEventAsync(
            e => e.Kind == "exec" && e.ProcessId == ran.Pid && e.Text("Image") == "/usr/bin/id", $"exec of id by {ran.Pid}");
        await running.SettleAsync();

        Assert.False(exec.Flag("Sensitive"));
        Assert.DoesNotContain(running.Agent.Lines.All, l => l.Contains($"PID={ran.Pid} ", StringComparison.Ordinal));
    }

    [KernelFact("useradd")]
    public async Task Exec_that_fails_is_not_reported_as_one()
    {
        var copy = running.Scratch.Write("useradd", "not a program");
        var ran = await Command.RunAsync("sh", "-c", $"exec {copy}");

        await running.SettleAsync();

        Assert.NotEqual(0, ran.ExitCode);
        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind == "exec" && e.ProcessId == ran.Pid && e.Text("Image") == copy);
    }

    private async Task AssertReportedAsync(string image, int exitCode, string program, params string[] arguments)
    {
        var ran = await Command.RunFromShellAsync(program, arguments);

        Assert.True(ran.ExitCode == exitCode, ran.Error);
        Assert.Equal(
            $"🚨 SENSITIVE: PID={ran.Pid} UID=0 USER=root COMM=sh OP=exec FILE={image}",
            await running.Agent.WaitForLineAsync($"PID={ran.Pid} ", "OP=exec"));
        var exec = await SensitiveExecAsync(ran.Pid);
        Assert.Equal(image, exec.Text("Image"));
        Assert.Equal("sh", exec.Text("CallerComm"));
        Assert.Equal(string.Join(' ', [program, .. arguments]), exec.Text("CommandLine"));
        Assert.Equal(Environment.ProcessId, exec.ParentProcessId);
        Assert.Equal("root", exec.Text("User"));
        Assert.Equal("high", exec.Lane);
    }

    /// <summary>The program refuses the user, which does not matter: its rights are already those of root.</summary>
    private async Task AssertPrivilegeChangeAsync(string image, params string[] program)
    {
        await using var user = await ThrowAwayUser.CreateAsync();

        var ran = await Command.RunAsync("setpriv", user.Become(["sh", "-c", "exec \"$0\" \"$@\"", .. program]));

        var line = await running.Agent.WaitForLineAsync($"PID={ran.Pid} ", "OP=exec");
        Assert.Equal($"🚨 SENSITIVE: PID={ran.Pid} UID={user.Uid}({user.Name})→0(root) COMM=sh OP=exec FILE={image}", line);
        Assert.DoesNotMatch(new Regex("USER="), line);
        var exec = await SensitiveExecAsync(ran.Pid);
        Assert.Equal(user.Uid, exec.Number("Uid"));
        Assert.Equal(0, exec.Number("Euid"));
        Assert.Equal(user.Name, exec.Text("User"));
        Assert.Equal("root", exec.Text("EffectiveUser"));
    }

    private Task<AgentEvent> SensitiveExecAsync(int pid) => running.Agent.WaitForEventAsync(
        e => e.Kind == "exec" && e.ProcessId == pid && e.Flag("Sensitive"), $"sensitive exec of {pid}");
}
