using System.Text.Json;

namespace Kernel.Tests;

/// <summary>The agent says what this host supports before anybody relies on it.</summary>
public sealed class DoctorTests
{
    [KernelFact]
    public async Task Every_signal_has_probes_that_were_seen_to_fire()
    {
        var ran = await Command.MustRunAsync(KernelRequirements.AgentExecutable, "doctor", "--json");

        using var json = JsonDocument.Parse(ran.Output);
        Assert.True(json.RootElement.GetProperty("fit").GetBoolean());
        var signals = json.RootElement.GetProperty("signals").EnumerateArray().ToList();
        Assert.Equal(["file-open", "process", "calls", "network"], signals.Select(signal => signal.GetProperty("signal").GetString()));
        foreach (var signal in signals)
        {
            var used = Assert.Single(signal.GetProperty("probes").EnumerateArray(), probes => probes.GetProperty("result").GetString() == "used");
            Assert.Equal(signal.GetProperty("used").GetString(), used.GetProperty("name").GetString());
            Assert.All(
                signal.GetProperty("probes").EnumerateArray().Where(probes => probes.GetProperty("result").GetString() == "refused"),
                probes => Assert.NotEqual("", probes.GetProperty("reason").GetString()));
        }
    }

    [KernelFact]
    public async Task Table_has_a_row_for_each_way_to_see_a_signal()
    {
        var ran = await Command.MustRunAsync(KernelRequirements.AgentExecutable, "doctor");

        Assert.Matches(@"(?m)^file-open +fexit +(used|refused|silent)", ran.Output);
        Assert.Matches(@"(?m)^process +tp_btf +used$", ran.Output);
        Assert.Matches(@"(?m)^network +cgroup +used$", ran.Output);
    }

    [KernelFact]
    public async Task Probes_that_the_configuration_avoids_are_refused_with_that_reason()
    {
        using var scratch = new ScratchFolder();
        var config = scratch.Write("avoiding.json", """{ "probes": { "avoid": ["process.tp_btf"] } }""");

        var ran = await Command.MustRunAsync(KernelRequirements.AgentExecutable, "doctor", "--config", config);

        Assert.Matches(@"(?m)^process +tp_btf +refused +the configuration avoids them: probes.avoid$", ran.Output);
        Assert.Matches(@"(?m)^process +raw_tp +used$", ran.Output);
    }

    [KernelFact("setpriv")]
    public async Task Ordinary_user_is_told_which_capabilities_are_missing()
    {
        // With the one capability that lets a user into a closed checkout.
        var ran = await Command.RunAsync(
            "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search",
            KernelRequirements.AgentExecutable, "doctor");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains(
            "cannot run        the probes need root; missing: CAP_NET_ADMIN, CAP_SYS_PTRACE, CAP_SYS_RESOURCE, CAP_PERFMON, CAP_BPF\n", ran.Output,
            StringComparison.Ordinal);
    }

    [KernelFact("setpriv")]
    public async Task Root_without_the_capabilities_is_told_which_are_missing()
    {
        var ran = await Command.RunAsync(
            "setpriv", "--bounding-set", "-perfmon,-bpf,-sys_admin", KernelRequirements.AgentExecutable, "--metadata", "off");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("edge-agent: root lacks CAP_PERFMON, CAP_BPF, which the probes need", ran.Error, StringComparison.Ordinal);
    }
}
