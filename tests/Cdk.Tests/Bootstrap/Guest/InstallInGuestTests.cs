using System.Globalization;

namespace Cdk.Tests.Bootstrap.Guest;

/// <summary>One installation from its first boot to its end, on a real kernel under a real systemd.</summary>
public sealed class InstallInGuestTests(InstallGuest guest) : IClassFixture<InstallGuest>
{
    [GuestFact]
    public void Host_that_could_not_install_at_its_first_boot_is_installed_by_its_timer_and_left_without_a_trace()
    {
        var late = guest.Step("late");

        Assert.Equal("1 timer active enabled", late.After("first "));
        Assert.Equal("1 failed", late.After("again "));
        Assert.Equal("0 timer inactive", late.After("then "));
        Assert.DoesNotContain("the agent runs, and says", late.Output, StringComparison.Ordinal);
        Assert.Equal($"{guest.Versions["1"]} former", late.After("current "));
        Assert.StartsWith("active enabled", late.After("active "), StringComparison.Ordinal);
        Assert.True(late.ExitCode == 0, late.Output);
        Assert.Equal("", guest.Step("left-late").Output);
    }

    [GuestFact]
    public void Fresh_host_without_the_aws_cli_gets_an_agent_that_runs()
    {
        var install = guest.Step("install");

        Assert.True(install.ExitCode == 0, install.Output);
        Assert.Contains("(python)", install.Output, StringComparison.Ordinal);
        // It is healthy at once: nothing was waited for, and no trouble told.
        Assert.DoesNotContain("the agent runs, and says", install.Output, StringComparison.Ordinal);
        Assert.InRange(install.Seconds, 0, 45);
        Assert.Equal($"{guest.Versions["1"]} former", install.After("current "));
        Assert.StartsWith("active enabled enabled pid ", install.After("active "), StringComparison.Ordinal);
    }

    [GuestFact]
    public void Agent_under_the_units_sandbox_loads_its_probes_and_reports_an_event()
    {
        var line = guest.Step("event").Output;
        var sandbox = guest.Step("sandbox");

        Assert.Contains("\"category\":\"file_access\"", line, StringComparison.Ordinal);
        Assert.True(sandbox.ExitCode == 0, sandbox.Output);
        Assert.DoesNotContain("trouble", sandbox.Output, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Sandbox_leaves_few_rights_little_memory_and_nothing_to_write()
    {
        var sandbox = guest.Step("sandbox");

        // CAP_DAC_READ_SEARCH and CAP_SYS_PTRACE.
        Assert.Equal("0000000000080004", sandbox.After("CapEff:"));
        Assert.Equal("0000000000080004", sandbox.After("CapBnd:"));
        Assert.Equal("1", sandbox.After("NoNewPrivs:"));
        Assert.Equal("2", sandbox.After("Seccomp:"));
        Assert.Equal((256 << 20).ToString(CultureInfo.InvariantCulture), sandbox.After("memory "));
        Assert.Equal("500ms", sandbox.After("CPUQuotaPerSecUSec="));
        Assert.Equal("30s", sandbox.After("WatchdogUSec="));
        Assert.Equal("0", sandbox.After("NRestarts="));
        Assert.DoesNotContain("can write", sandbox.Output, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Second_run_changes_nothing_and_leaves_the_agent_running()
    {
        var second = guest.Step("second");

        Assert.True(second.ExitCode == 0, second.Output);
        Assert.Contains("changed: no", second.Output, StringComparison.Ordinal);
        Assert.Equal(guest.Step("install").After("active "), second.After("active "));
    }

    [GuestFact]
    public void Corrupted_download_is_refused_and_changes_nothing()
    {
        var corrupted = guest.Step("corrupted");

        Assert.Equal(1, corrupted.ExitCode);
        Assert.Contains("SHA-256 of s3://artefacts/corrupted-", corrupted.Output, StringComparison.Ordinal);
        Assert.Equal(guest.Step("install").After("active "), corrupted.After("active "));
        Assert.Equal(guest.Versions["1"], corrupted.After("versions "));
    }

    [GuestFact]
    public void Upgrade_leaves_no_moment_unwatched_and_keeps_the_version_before()
    {
        var upgrade = guest.Step("upgrade");
        var counted = upgrade.After("opened ").Split(' ');

        Assert.True(upgrade.ExitCode == 0, upgrade.Output);
        Assert.Equal($"{guest.Versions["2"]} former {guest.Versions["1"]}", upgrade.After("current "));
        Assert.NotEqual(guest.Step("install").After("active "), upgrade.After("active "));
        Assert.InRange(int.Parse(counted[0], CultureInfo.InvariantCulture), 10, int.MaxValue);
        Assert.Equal(counted[0], counted[2]);
        Assert.Contains("adopted from the life before", guest.Step("status").Output, StringComparison.Ordinal);
    }

    [GuestFact]
    public void Version_that_does_not_come_up_is_taken_back_and_the_former_one_runs_again()
    {
        var broken = guest.Step("broken");

        Assert.Equal(1, broken.ExitCode);
        Assert.Contains($"version {guest.Versions["broken"]} is not well on this host; version {guest.Versions["2"]} runs again", broken.Output, StringComparison.Ordinal);
        Assert.Equal($"{guest.Versions["2"]} former {guest.Versions["1"]}", broken.After("current "));
        Assert.StartsWith("active enabled", broken.After("active "), StringComparison.Ordinal);
        Assert.DoesNotContain(guest.Versions["broken"], broken.After("versions "), StringComparison.Ordinal);
    }

    [GuestFact]
    public void Person_rolls_back_with_one_command()
    {
        var rolledBack = guest.Step("rolled-back");

        Assert.True(guest.Step("roll-back").ExitCode == 0, guest.Step("roll-back").Output);
        Assert.Equal($"{guest.Versions["1"]} former {guest.Versions["2"]}", rolledBack.After("current "));
        Assert.StartsWith("active enabled", rolledBack.After("active "), StringComparison.Ordinal);
    }

    [GuestFact]
    public void Log_on_the_host_tells_every_step_with_its_time()
    {
        var lines = guest.Step("log").Output.Split('\n');

        Assert.Contains(lines, line => line.EndsWith($"unpacked version {guest.Versions["1"]}", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("is not well on this host", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("nothing was installed", StringComparison.Ordinal));
        Assert.All(lines.Where(line => !line.StartsWith("  ", StringComparison.Ordinal)), line => Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}T", line));
    }

    [GuestFact]
    public void Uninstalling_leaves_nothing()
    {
        Assert.True(guest.Step("uninstall").ExitCode == 0, guest.Step("uninstall").Output);
        Assert.Equal("", guest.Step("leftovers").Output);
    }
}
