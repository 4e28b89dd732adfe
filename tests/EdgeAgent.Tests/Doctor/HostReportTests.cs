using System.Text;
using System.Text.Json;
using EdgeAgent.Doctor;
using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Doctor;

public sealed class HostReportTests
{
    private static readonly Backend Fexit = new(Signal.FileOpen, "fexit", ["a"]);
    private static readonly Backend Exit = new(Signal.FileOpen, "tp_btf", ["b"]);
    private static readonly HostReport Fit = new(
        "6.1.0 x64", HasBtf: true, Preemption: false, "none", "yama,bpf", null, "/sys/kernel/tracing", "abc", [], [],
        [
            new BackendChoice(
                Signal.FileOpen, Exit,
                [new BackendTrial(Fexit, TrialResult.Refused, "not permitted", "line 1\nline 2"), new BackendTrial(Exit, TrialResult.Fires)]),
        ],
        [new PinReport("/sys/fs/bpf/edge-agent/1", "adopted by the next agent", 25, 20, 12)]);

    [Fact]
    public void Table_says_what_is_used_and_why_the_rest_is_not()
    {
        var text = new StringWriter();
        HostReportText.Write(Fit, text);

        Assert.Equal(
            """
            kernel            6.1.0 x64
            type information  yes
            preemption        not in the kernel
            lockdown          none
            security modules  yama,bpf
            cgroup v2         not mounted; the agent mounts its own
            tracefs           /sys/kernel/tracing
            probes            edge.bpf.o, SHA-256 abc; no others are loaded
            capabilities      all that are needed
            pinned            /sys/fs/bpf/edge-agent/1: 25 maps, 20 programs, 12 links; adopted by the next agent

            signal     probes      result          why
            file-open  fexit       refused         not permitted
            line 1
            line 2
            file-open  tp_btf      used

            """.Replace("edge.bpf.o", BpfArtifact.Name, StringComparison.Ordinal),
            text.ToString());
    }

    [Fact]
    public void Host_that_lacks_something_is_told_what_and_no_table()
    {
        var text = new StringWriter();
        var host = Fit with { MissingCapabilities = [Capability.CAP_BPF], Missing = ["the probes need root"], Choices = [], Lockdown = "", Pins = [] };
        HostReportText.Write(host, text);

        Assert.False(host.IsFit);
        Assert.Contains("capabilities      missing: CAP_BPF\ncannot run        the probes need root\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("lockdown          not known", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("signal", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "preemption        in the kernel, too", "true")]
    [InlineData(null, "preemption        not known", "null")]
    public void Mode_of_preemption_is_told_as_far_as_it_is_known(bool? preemption, string line, string value)
    {
        var (text, json) = (new StringWriter(), new MemoryStream());
        HostReportText.Write(Fit with { Preemption = preemption }, text);
        HostReportJson.Write(Fit with { Preemption = preemption }, json);

        Assert.Contains(line, text.ToString(), StringComparison.Ordinal);
        Assert.Contains($"\"preemption\": {value}", Encoding.UTF8.GetString(json.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_says_the_same()
    {
        using var bytes = new MemoryStream();
        HostReportJson.Write(Fit, bytes);
        using var json = JsonDocument.Parse(bytes.ToArray());
        var root = json.RootElement;

        Assert.True(root.GetProperty("fit").GetBoolean());
        Assert.False(root.GetProperty("preemption").GetBoolean());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("cgroup2").ValueKind);
        Assert.Equal(("/sys/kernel/tracing", "abc"), (root.GetProperty("tracefs").GetString(), root.GetProperty("probesSha256").GetString()));
        Assert.Equal(["yama", "bpf"], root.GetProperty("securityModules").EnumerateArray().Select(module => module.GetString()!));
        var signal = Assert.Single(root.GetProperty("signals").EnumerateArray());
        Assert.Equal(("file-open", "tp_btf"), (signal.GetProperty("signal").GetString(), signal.GetProperty("used").GetString()));
        var refused = signal.GetProperty("probes")[0];
        Assert.Equal(("refused", "line 1\nline 2"), (refused.GetProperty("result").GetString(), refused.GetProperty("log").GetString()));
    }

    [Fact]
    public void Host_without_probes_for_system_calls_is_fit() =>
        Assert.True((Fit with { Choices = [new BackendChoice(Signal.Calls, null, [])] }).IsFit);

    [Fact]
    public void Signal_without_probes_makes_the_host_unfit() =>
        Assert.False((Fit with { Choices = [new BackendChoice(Signal.Network, null, [])] }).IsFit);
}
