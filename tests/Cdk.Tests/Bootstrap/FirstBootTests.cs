using Cdk.Tests.Support;

namespace Cdk.Tests.Bootstrap;

/// <summary>User data runs once: what a host does that could not install the agent then.</summary>
public sealed class FirstBootTests : IDisposable
{
    private const string Timer = "etc/systemd/system/edge-agent-install.timer";
    private const string Enabled = "enable --quiet --now edge-agent-install.timer";
    private const string Disabled = "disable --now --quiet edge-agent-install.timer";

    private readonly InstallSandbox _host = new();

    /// <inheritdoc/>
    public void Dispose() => _host.Dispose();

    [BashFact]
    public void Host_that_could_not_fetch_the_agent_tries_again_until_it_can()
    {
        var sha256 = _host.Publish("agent 1");
        _host.CutOff(true);

        Assert.Equal(1, _host.Install(sha256).ExitCode);
        Assert.True(File.Exists(_host.At(Timer)));
        Assert.Contains(Enabled, _host.Calls("systemctl"));

        _host.ForgetCalls();
        Assert.Equal(1, _host.TryAgain().ExitCode);
        Assert.DoesNotContain(Enabled, _host.Calls("systemctl"));

        _host.CutOff(false);
        var (exitCode, output) = _host.TryAgain();

        Assert.True(exitCode == 0, output);
        Assert.Equal(sha256[..16], new FileInfo(_host.At("opt/edge-agent/current")).LinkTarget);
        Assert.Contains(Disabled, _host.Calls("systemctl"));
        AssertNobodyTries();
    }

    [BashFact]
    public void Host_whose_first_agent_is_not_well_tries_again()
    {
        Assert.Equal(1, _host.Install(_host.Publish("broken")).ExitCode);

        Assert.True(File.Exists(_host.At(Timer)));
        Assert.DoesNotContain(Disabled, _host.Calls("systemctl"));
    }

    [BashFact]
    public void Host_that_got_its_agent_at_once_does_not_go_on_trying()
    {
        Assert.Equal(0, _host.Install(_host.Publish("agent 1")).ExitCode);

        AssertNobodyTries();
    }

    [BashFact]
    public void Upgrade_that_fails_is_not_tried_again_by_the_host()
    {
        _host.Install(_host.Publish("agent 1"));
        _host.ForgetCalls();

        Assert.Equal(1, _host.Install(_host.Publish("broken")).ExitCode);

        Assert.DoesNotContain(Enabled, _host.Calls("systemctl"));
        AssertNobodyTries();
    }

    [BashFact]
    public void Newer_script_is_what_the_host_tries_from_then_on()
    {
        _host.Publish("agent 1");
        _host.CutOff(true);
        _host.Install(new string('1', 64));
        _host.Install(new string('2', 64));

        Assert.Contains(new string('2', 64), File.ReadAllText(_host.At("opt/edge-agent/install.sh")), StringComparison.Ordinal);
    }

    [BashFact]
    public void Timer_whose_turn_comes_after_an_installation_ends_itself_and_changes_nothing()
    {
        var newer = _host.Publish("agent 2");
        _host.CutOff(true);
        _host.Install(newer);
        var script = File.ReadAllText(_host.At("opt/edge-agent/install.sh"));
        _host.CutOff(false);
        var older = _host.Publish("agent 1");
        _host.Install(older);
        File.WriteAllText(_host.At("opt/edge-agent/install.sh"), script);
        File.SetUnixFileMode(_host.At("opt/edge-agent/install.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (exitCode, output) = _host.TryAgain();

        Assert.Equal(0, exitCode);
        Assert.Contains("an agent was installed meanwhile", output, StringComparison.Ordinal);
        Assert.Equal(older[..16], new FileInfo(_host.At("opt/edge-agent/current")).LinkTarget);
        AssertNobodyTries();
    }

    [BashFact]
    public void Timer_that_was_written_but_never_started_is_started_by_the_next_run()
    {
        _host.Publish("agent 1");
        _host.CutOff(true);
        File.WriteAllText(_host.At(Timer), "");

        _host.Install(new string('1', 64));

        Assert.Contains(Enabled, _host.Calls("systemctl"));
        Assert.NotEmpty(File.ReadAllText(_host.At(Timer)));
    }

    [BashFact]
    public void Script_that_is_no_file_installs_all_the_same()
    {
        var (exitCode, output) = _host.Install(_host.Publish("agent 1"), run: "bash <(cat {0})");

        Assert.True(exitCode == 0, output);
        Assert.True(Path.Exists(_host.At("opt/edge-agent/current")));
    }

    [BashFact]
    public void What_a_set_up_leaves_that_was_killed_goes_with_it()
    {
        var files = _host.Files();
        _host.Publish("agent 1");
        _host.CutOff(true);
        _host.Install(new string('1', 64));
        foreach (var left in (string[])["etc/systemd/system/edge-agent.service", "etc/systemd/system/edge-agent.service.new", "etc/edge-agent/config.json"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_host.At(left))!);
            File.WriteAllText(_host.At(left), "");
        }

        var (exitCode, output) = _host.TryAgain("uninstall");

        Assert.True(exitCode == 0, output);
        Assert.Equal(files, _host.Files());
        Assert.Contains("stop edge-agent-install.timer edge-agent-install.service", _host.Calls("systemctl"));
    }

    [BashTheory]
    [InlineData("agent 1", true)]
    [InlineData("broken", false)]
    [InlineData("agent 1", false)]
    public void Host_that_tries_can_be_left_without_a_trace(string agent, bool isCutOff)
    {
        var files = _host.Files();
        var sha256 = _host.Publish(agent);
        if (isCutOff)
        {
            _host.CutOff(true);
        }

        _host.Install(sha256);
        var left = agent == "broken" || isCutOff ? _host.TryAgain("uninstall") : _host.SetUp("uninstall");

        Assert.True(left.ExitCode == 0, left.Output);
        Assert.Equal(files, _host.Files());
        Assert.False(File.Exists(_host.At("trying")));
    }

    private void AssertNobodyTries() => Assert.DoesNotContain(_host.Files(), file => file.Contains("edge-agent-install.", StringComparison.Ordinal) && !file.EndsWith(".log", StringComparison.Ordinal)
            || file.EndsWith("/install.sh", StringComparison.Ordinal));
}
