using Cdk.Tests.Support;

namespace Cdk.Tests.Bootstrap;

public sealed class InstallScriptTests : IDisposable
{
    private readonly InstallSandbox _host = new();

    public void Dispose() => _host.Dispose();

    [BashFact]
    public void Fresh_host_gets_agent_configuration_and_a_started_service()
    {
        var sha256 = _host.Publish("agent 1");

        var (exitCode, output) = _host.Install(sha256);

        Assert.True(exitCode == 0, output);
        Assert.Equal("agent 1", Text("opt/edge-agent/current/edge-agent"));
        Assert.Equal(sha256[..16], new FileInfo(_host.At("opt/edge-agent/current")).LinkTarget);
        Assert.Contains("\"streamName\": \"stream\"", Text("etc/edge-agent/config.json"), StringComparison.Ordinal);
        Assert.StartsWith("[Unit]\n", Text("etc/systemd/system/edge-agent.service"), StringComparison.Ordinal);
        Assert.StartsWith(
            "s3api get-object --region eu-west-1 --bucket bucket --key key.gz ",
            Assert.Single(_host.Calls("aws")),
            StringComparison.Ordinal);
        Assert.Equal(
            ["daemon-reload", "is-active --quiet edge-agent.service", "enable --now edge-agent.service"],
            _host.Calls("systemctl"));
    }

    [BashFact]
    public void Second_run_downloads_changes_and_restarts_nothing()
    {
        var sha256 = _host.Publish("agent 1");
        _host.Install(sha256);
        _host.ForgetCalls();

        var (exitCode, output) = _host.Install(sha256);

        Assert.True(exitCode == 0, output);
        Assert.Contains("changed: no", output, StringComparison.Ordinal);
        Assert.Empty(_host.Calls("aws"));
        Assert.Equal(["daemon-reload", "enable --now edge-agent.service"], _host.Calls("systemctl"));
    }

    [BashFact]
    public void New_version_replaces_the_old_one_and_restarts_the_service()
    {
        _host.Install(_host.Publish("agent 1"));
        var sha256 = _host.Publish("agent 2");
        _host.ForgetCalls();

        var (exitCode, output) = _host.Install(sha256);

        Assert.True(exitCode == 0, output);
        Assert.Equal("agent 2", Text("opt/edge-agent/current/edge-agent"));
        Assert.Contains("restart edge-agent.service", _host.Calls("systemctl"));
        Assert.Equal(
            new[] { "current", sha256[..16] }.Order(),
            Directory.GetDirectories(_host.At("opt/edge-agent")).Select(folder => Path.GetFileName(folder)).Order());
    }

    [BashFact]
    public void Configuration_changed_by_hand_is_put_right_and_the_service_restarted()
    {
        var sha256 = _host.Publish("agent 1");
        _host.Install(sha256);
        File.WriteAllText(_host.At("etc/edge-agent/config.json"), "{}");
        _host.ForgetCalls();

        _host.Install(sha256);

        Assert.Contains("\"stream\"", Text("etc/edge-agent/config.json"), StringComparison.Ordinal);
        Assert.Contains("restart edge-agent.service", _host.Calls("systemctl"));
    }

    [BashFact]
    public void Archive_with_another_sha256_is_never_unpacked()
    {
        _host.Publish("tampered");

        var (exitCode, output) = _host.Install(new string('0', 64));

        Assert.Equal(1, exitCode);
        Assert.Contains("SHA-256 of s3://bucket/key.gz is not 0000", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_host.At("opt/edge-agent")));
        Assert.Empty(_host.Calls("systemctl"));
    }

    [BashFact]
    public void Archive_for_another_processor_is_refused_before_the_download()
    {
        var (exitCode, output) = _host.Install(_host.Publish("agent 1"), machine: "mips");

        Assert.Equal(1, exitCode);
        Assert.Contains("this archive is for mips", output, StringComparison.Ordinal);
        Assert.Empty(_host.Calls("aws"));
    }

    private string Text(string path) => File.ReadAllText(_host.At(path));
}
