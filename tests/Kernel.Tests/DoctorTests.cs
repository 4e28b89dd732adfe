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

        Assert.Matches(@"(?m)^file-open +fexit +(used|refused|silent|not needed)", ran.Output);
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

    [KernelTheory("setpriv")]
    [InlineData("net_admin")]
    [InlineData("bpf,-sys_admin")]
    [InlineData("perfmon,-sys_admin")]
    public async Task Each_capability_that_is_missing_is_named(string capability)
    {
        var ran = await Command.RunAsync("setpriv", "--bounding-set", $"-{capability}", KernelRequirements.AgentExecutable, "doctor");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains(
            $"cannot run        root lacks CAP_{capability.Split(',')[0].ToUpperInvariant()}, which the probes need", ran.Output, StringComparison.Ordinal);
    }

    [KernelFact("unshare", "mount")]
    public async Task Kernel_that_does_not_describe_its_types_is_told_which_option_it_lacks()
    {
        var ran = await HiddenAsync("mount -t tmpfs none /sys/kernel/btf", "doctor");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("cannot run        the kernel does not describe its types: /sys/kernel/btf/vmlinux is not there", ran.Output, StringComparison.Ordinal);
        Assert.Contains("CONFIG_DEBUG_INFO_BTF", ran.Output, StringComparison.Ordinal);
    }

    [KernelFact("unshare", "mount")]
    public async Task Mount_that_the_last_choice_needs_is_named()
    {
        using var scratch = new ScratchFolder();
        var config = scratch.Write("avoiding.json", """{ "probes": { "avoid": ["file-open.lsm", "file-open.fexit", "file-open.tp_btf", "file-open.raw_tp"] } }""");

        var ran = await HiddenAsync(
            "mount -t tmpfs none /sys/kernel/tracing 2> /dev/null; mount -t tmpfs none /sys/kernel/debug 2> /dev/null; true", "doctor", "--config", config);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("tracefs           not mounted", ran.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^file-open +tracepoint +refused .*tracefs is not mounted", ran.Output);
    }

    [KernelFact]
    public async Task Agent_whose_probes_were_changed_loads_nothing_and_says_what_to_do()
    {
        using var scratch = new ScratchFolder();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(KernelRequirements.AgentExecutable)!, "*", SearchOption.AllDirectories))
        {
            var copy = scratch.Under($"agent/{Path.GetRelativePath(Path.GetDirectoryName(KernelRequirements.AgentExecutable)!, file)}");
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Patch(scratch.Under("agent/edge-agent.dll"), "Dual BSD/GPL"u8, "Dual BSD/XYZ"u8);

        var ran = await Command.RunAsync(scratch.Under("agent/edge-agent"), "--metadata", "off");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("is not the object that this agent was built with (SHA-256 ", ran.Error, StringComparison.Ordinal);
        Assert.Contains("install it anew", ran.Error, StringComparison.Ordinal);
    }

    /// <summary>The agent after a command in a mount namespace of its own.</summary>
    private static Task<Command> HiddenAsync(string before, params string[] arguments) =>
        Command.RunAsync("unshare", ["--mount", "sh", "-c", $"{before} && exec \"$0\" \"$@\"", KernelRequirements.AgentExecutable, .. arguments]);

    private static void Patch(string file, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var bytes = File.ReadAllBytes(file);
        var places = 0;
        for (var at = bytes.AsSpan().IndexOf(from); at >= 0; at = bytes.AsSpan().IndexOf(from))
        {
            to.CopyTo(bytes.AsSpan(at));
            places++;
        }

        Assert.True(places > 0, "the probes are not in the file");
        File.WriteAllBytes(file, bytes);
    }
}
