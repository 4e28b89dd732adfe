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
        Assert.Contains("# agent 1\n", Text("opt/edge-agent/current/edge-agent"), StringComparison.Ordinal);
        Assert.Equal(sha256[..16], new FileInfo(_host.At("opt/edge-agent/current")).LinkTarget);
        Assert.Contains("\"streamName\": \"stream\"", Text("etc/edge-agent/config.json"), StringComparison.Ordinal);
        Assert.StartsWith("[Unit]\n", Text("etc/systemd/system/edge-agent.service"), StringComparison.Ordinal);
        Assert.StartsWith(
            "s3api get-object --region eu-west-1 --bucket bucket --key key.gz ",
            Assert.Single(_host.Calls("aws")),
            StringComparison.Ordinal);
        Assert.Equal(
            ["daemon-reload", "enable --quiet edge-agent.service", "restart edge-agent.service"],
            _host.Calls("systemctl").SkipWhile(call => !call.StartsWith("enable --quiet --now", StringComparison.Ordinal)).Skip(1).Take(3));
        Assert.Contains($"unpacked version {sha256[..16]}", Text("var/log/edge-agent-install.log"), StringComparison.Ordinal);
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
        Assert.DoesNotContain(_host.Calls("systemctl"), call => call.StartsWith("restart", StringComparison.Ordinal));
    }

    [BashFact]
    public void New_version_replaces_the_old_one_and_the_last_two_stay()
    {
        var first = _host.Publish("agent 1");
        _host.Install(first);
        var second = _host.Publish("agent 2");
        _host.Install(second);
        var third = _host.Publish("agent 3");
        _host.ForgetCalls();

        var (exitCode, output) = _host.Install(third);

        Assert.True(exitCode == 0, output);
        Assert.Contains("# agent 3\n", Text("opt/edge-agent/current/edge-agent"), StringComparison.Ordinal);
        Assert.Contains("restart edge-agent.service", _host.Calls("systemctl"));
        Assert.Equal(new[] { second[..16], third[..16] }.Order(), Versions());
        Assert.Equal(second[..16], new FileInfo(_host.At("opt/edge-agent/former")).LinkTarget);
    }

    [BashFact]
    public void Version_that_does_not_start_is_taken_back_with_its_configuration()
    {
        var good = _host.Publish("agent 1");
        _host.Install(good);
        File.WriteAllText(_host.At("etc/edge-agent/config.json"), "{}");

        var (exitCode, output) = _host.Install(_host.Publish("broken"));

        Assert.Equal(1, exitCode);
        Assert.Contains($"version {good[..16]} runs again", output, StringComparison.Ordinal);
        Assert.Contains("# agent 1\n", Text("opt/edge-agent/current/edge-agent"), StringComparison.Ordinal);
        Assert.Equal("{}", Text("etc/edge-agent/config.json"));
        Assert.Equal([good[..16]], Versions());
        Assert.True(File.Exists(_host.At("active")));
        Assert.DoesNotContain(_host.Files(), file => file.Contains("kept", StringComparison.Ordinal) || file.EndsWith(".new", StringComparison.Ordinal));
    }

    [BashFact]
    public void First_version_that_does_not_start_leaves_no_service()
    {
        var (exitCode, output) = _host.Install(_host.Publish("broken"));

        Assert.Equal(1, exitCode);
        Assert.Contains("it was taken away again", output, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.At("etc/systemd/system/edge-agent.service")));
        Assert.False(Path.Exists(_host.At("opt/edge-agent/current")));
        Assert.Contains("disable --now edge-agent.service", _host.Calls("systemctl"));
    }

    [BashFact]
    public void Healthy_host_does_not_keep_a_version_under_which_it_is_degraded()
    {
        var good = _host.Publish("agent 1");
        _host.Install(good);

        var (exitCode, output) = _host.Install(_host.Publish("degraded"));

        Assert.Equal(1, exitCode);
        Assert.Contains($"version {good[..16]} runs again", output, StringComparison.Ordinal);
    }

    [BashFact]
    public void Degraded_agent_on_a_new_host_stays_and_its_trouble_is_told()
    {
        var (exitCode, output) = _host.Install(_host.Publish("degraded"));

        Assert.True(exitCode == 0, output);
        Assert.Contains("trouble kinesis stream: cannot reach", output, StringComparison.Ordinal);
    }

    [BashFact]
    public void Agent_on_a_new_host_that_systemd_calls_ready_stays_though_it_does_not_answer()
    {
        var (exitCode, output) = _host.Install(_host.Publish("silent"));

        Assert.True(exitCode == 0, output);
        Assert.Contains("the agent runs, and says (2): no agent answers", output, StringComparison.Ordinal);
        Assert.True(Path.Exists(_host.At("opt/edge-agent/current")));
    }

    [BashFact]
    public void Agent_on_a_new_host_that_systemd_has_to_start_again_and_again_does_not_stay()
    {
        _host.LetTheAgentFall();

        var (exitCode, output) = _host.Install(_host.Publish("agent 1"));

        Assert.Equal(1, exitCode);
        Assert.Contains("it was taken away again", output, StringComparison.Ordinal);
        Assert.False(Path.Exists(_host.At("opt/edge-agent/current")));
    }

    [BashTheory]
    [InlineData("broken", "restart")]
    [InlineData("agent 2", "is-active")]
    public void Way_back_needs_no_room_on_the_disk(string agent, string fullFrom)
    {
        var good = _host.Publish("agent 1");
        _host.Install(good);
        File.WriteAllText(_host.At("etc/edge-agent/config.json"), "{}");
        _host.ForgetCalls();
        _host.FillDiskAfter(fullFrom);

        var (exitCode, output) = _host.Install(_host.Publish(agent));

        Assert.Equal(1, exitCode);
        Assert.Contains($"version {good[..16]} runs again", output, StringComparison.Ordinal);
        Assert.Equal(good[..16], new FileInfo(_host.At("opt/edge-agent/current")).LinkTarget);
        Assert.Equal("{}", Text("etc/edge-agent/config.json"));
        Assert.True(File.Exists(_host.At("active")));
    }

    [BashFact]
    public void Version_is_whole_on_the_disk_before_it_has_its_name_and_all_is_before_the_link_shows_it()
    {
        var first = _host.Publish("agent 1");
        _host.Install(first);
        var second = _host.Publish("agent 2");
        _host.ForgetCalls();

        _host.Install(second);

        var calls = _host.Calls("sync");
        var before = $"current={first[..16]} there=yes";
        Assert.Matches($"^--file-system .*/opt/edge-agent/[.]staging[.][^/]*/files {before}$", calls[0]);
        Assert.Equal($"{_host.At("opt/edge-agent")} {before}", calls[1]);
        Assert.Equal($"{_host.At("opt/edge-agent")} current={second[..16]} there=yes", calls[^2]);
        Assert.All(calls.Take(calls.Count - 2), call => Assert.EndsWith(before, call, StringComparison.Ordinal));
    }

    [BashFact]
    public void Set_up_that_was_killed_half_way_is_taken_back_by_the_next()
    {
        var good = _host.Publish("agent 1");
        _host.Install(good);
        File.Move(_host.At("etc/edge-agent/config.json"), _host.At("etc/edge-agent/config.json.kept"));
        File.CreateSymbolicLink(_host.At("opt/edge-agent/.kept"), good[..16]);
        File.WriteAllText(_host.At("etc/edge-agent/config.json"), "{ half");

        var (exitCode, output) = _host.Install(good);

        Assert.True(exitCode == 0, output);
        Assert.Contains("an earlier set-up was cut short", output, StringComparison.Ordinal);
        Assert.Contains("\"stream\"", Text("etc/edge-agent/config.json"), StringComparison.Ordinal);
        Assert.Contains("restart edge-agent.service", _host.Calls("systemctl"));
    }

    [BashFact]
    public void Roll_back_brings_the_version_before()
    {
        var first = _host.Publish("agent 1");
        _host.Install(first);
        var second = _host.Publish("agent 2");
        _host.Install(second);

        var (exitCode, output) = _host.SetUp("roll-back");

        Assert.True(exitCode == 0, output);
        Assert.Equal(first[..16], new FileInfo(_host.At("opt/edge-agent/current")).LinkTarget);
        Assert.Equal(second[..16], new FileInfo(_host.At("opt/edge-agent/former")).LinkTarget);
    }

    [BashFact]
    public void Roll_back_without_a_version_before_changes_nothing()
    {
        _host.Install(_host.Publish("agent 1"));
        _host.ForgetCalls();

        var (exitCode, output) = _host.SetUp("roll-back");

        Assert.Equal(1, exitCode);
        Assert.Contains("there is no version before this one", output, StringComparison.Ordinal);
        Assert.Empty(_host.Calls("systemctl"));
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
        Assert.DoesNotContain(_host.Calls("systemctl"), call => call.Contains("edge-agent.service", StringComparison.Ordinal));
    }

    [BashFact]
    public void Archive_for_another_processor_is_refused_before_the_download()
    {
        var (exitCode, output) = _host.Install(_host.Publish("agent 1"), machine: "mips");

        Assert.Equal(1, exitCode);
        Assert.Contains("this archive is for mips", output, StringComparison.Ordinal);
        Assert.Empty(_host.Calls("aws"));
        Assert.Empty(_host.Calls("systemctl"));
    }

    private IEnumerable<string> Versions() => Directory.GetDirectories(_host.At("opt/edge-agent"))
        .Select(folder => Path.GetFileName(folder)).Where(name => name is not ("current" or "former")).Order();

    private string Text(string path) => File.ReadAllText(_host.At(path));
}
