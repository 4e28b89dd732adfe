using Cdk.Tests.Support;

namespace Cdk.Tests.Bootstrap;

/// <summary>What leaving a host leaves.</summary>
public sealed class UninstallTests : IDisposable
{
    private readonly InstallSandbox _host = new();

    /// <inheritdoc/>
    public void Dispose() => _host.Dispose();

    [BashTheory]
    [InlineData("uninstall", false)]
    [InlineData("uninstall --keep-spool", true)]
    public void Uninstalling_leaves_nothing_but_the_spool_if_asked_to(string command, bool keepsSpool)
    {
        var files = _host.Files();
        _host.Install(_host.Publish("agent 1"));
        Directory.CreateDirectory(_host.At("var/lib/edge-agent/spool"));
        File.WriteAllText(_host.At("var/lib/edge-agent/spool/frames"), "");
        File.WriteAllText(_host.At("var/lib/edge-agent/events.jsonl"), "");
        Directory.CreateDirectory(_host.At("run/edge-agent"));

        var (exitCode, output) = _host.SetUp(command);

        Assert.True(exitCode == 0, output);
        Assert.Contains($"stop --detach --config {_host.At("etc/edge-agent/config.json")}", _host.Calls("agent"));
        Assert.Equal(keepsSpool ? [.. files.Append("var/lib/edge-agent/spool/frames").Order(StringComparer.Ordinal)] : files, _host.Files());
        Assert.False(Directory.Exists(_host.At("run/edge-agent")));
        Assert.Contains("disable --now edge-agent.service", _host.Calls("systemctl"));
    }

    [BashFact]
    public void Agent_is_asked_and_stopped_with_the_variables_that_its_unit_gives_it()
    {
        _host.GiveTheAgent("""DOTNET_EnableDiagnostics=0 "EDGE_AGENT_HEALTH_SOCKET=/run/my \$1 own/{a,b}" OTHER=1""");
        _host.Install(_host.Publish("agent 1"));

        Assert.Equal(0, _host.SetUp("uninstall").ExitCode);

        Assert.Equal(["status /run/my $1 own/{a,b}", "stop /run/my $1 own/{a,b}"], _host.Calls("socket"));
    }

    [BashFact]
    public void First_agent_that_does_not_start_is_stopped_with_the_variables_of_its_unit()
    {
        _host.GiveTheAgent("EDGE_AGENT_HEALTH_SOCKET=/run/own");
        _host.Install(_host.Publish("broken"));

        Assert.Equal(["stop /run/own"], _host.Calls("socket"));
    }

    [BashFact]
    public void Variables_that_a_shell_would_run_are_not_run()
    {
        _host.GiveTheAgent($"EDGE_AGENT_HEALTH_SOCKET=$(touch {_host.At("etc/ran")}) `touch {_host.At("etc/ran")}`");
        _host.Install(_host.Publish("agent 1"));

        Assert.False(File.Exists(_host.At("etc/ran")));
    }

    [BashFact]
    public void Agent_whose_probes_cannot_be_detached_runs_on_and_stays_whole()
    {
        _host.Install(_host.Publish("stuck"));
        var files = _host.Files();
        _host.ForgetCalls();

        var (exitCode, output) = _host.SetUp("uninstall");

        Assert.Equal(1, exitCode);
        Assert.Contains("nothing was removed", output, StringComparison.Ordinal);
        Assert.Equal(files, _host.Files());
        Assert.Equal(
            ["disable --now edge-agent.service", "enable --quiet edge-agent.service", "restart edge-agent.service"],
            _host.Calls("systemctl").Where(call => call.Split(' ')[0] is "disable" or "enable" or "restart"));
    }
}
