using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>What the probes need of the host before any of them is tried, and what a refusal means.</summary>
internal static class HostSupport
{
    private static readonly string[] Tracefs = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];
    internal const string Btf = "/sys/kernel/btf/vmlinux";

    /// <summary>Whether the kernel describes its types.</summary>
    internal static bool HasBtf => File.Exists(Btf);

    /// <summary>Everything that is missing, one sentence each; empty = the probes can be tried.</summary>
    internal static IReadOnlyList<string> Missing()
    {
        var missing = new List<string>();
        var capabilities = Capabilities.Missing(File.ReadLines("/proc/self/status"));
        if (LibC.geteuid() != 0)
        {
            missing.Add("the probes need root"
                + (capabilities.Count > 0 ? $"; missing: {string.Join(", ", capabilities)}" : " (the capabilities are there, the user id is not 0)"));
        }
        else if (capabilities.Where(capability => capability is Capability.CAP_BPF or Capability.CAP_PERFMON or Capability.CAP_NET_ADMIN).ToList() is { Count: > 0 } needed)
        {
            missing.Add($"root lacks {string.Join(", ", needed)}, which the probes need (a container? docker run --privileged, or --cap-add)");
        }

        if (!PidNamespace.IsInitial())
        {
            missing.Add(
                "the agent runs in a pid namespace of its own, where the kernel's process ids are not its own: start it in the host's (docker run --pid=host, hostPID: true)");
        }

        if (!HasBtf)
        {
            missing.Add($"the kernel does not describe its types: {Btf} is not there (kernel 5.10 or newer with CONFIG_DEBUG_INFO_BTF, and sysfs mounted)");
        }

        if (BpfArtifact.Read() is not { } bytes)
        {
            missing.Add("this agent was built without probes: run `make bpf`, then build it again");
        }
        else if (BpfArtifact.FaultOf(bytes) is { } fault)
        {
            missing.Add(fault);
        }

        return missing;
    }

    /// <exception cref="ProbeException">Something is missing; the message says all of it.</exception>
    internal static void ThrowIfMissing()
    {
        if (Missing() is { Count: > 0 } missing)
        {
            throw new ProbeException(string.Join("; ", missing));
        }
    }

    /// <summary>The kernel's mode of lockdown: none, integrity or confidentiality; empty when it has none of it.</summary>
    internal static string Lockdown()
    {
        var modes = Line("/sys/kernel/security/lockdown");
        return modes.Split(' ').FirstOrDefault(mode => mode.StartsWith('['))?.Trim('[', ']') ?? "";
    }

    /// <summary>The active security modules, in order; empty when securityfs is not mounted.</summary>
    internal static string SecurityModules() => Line("/sys/kernel/security/lsm");

    /// <summary>Where tracefs is mounted, without which the plain tracepoints cannot be used; null = nowhere.</summary>
    internal static string? TracefsMount() => Tracefs.FirstOrDefault(folder => Directory.Exists($"{folder}/events"));

    /// <summary>What a refused call means on this host, in one line.</summary>
    internal static string Explain(LibBpfException refusal) => new Refusal(
        refusal.Call, refusal.Errno, refusal.VerifierLog.Length > 0, Lockdown(), TracefsMount() is not null, Environment.OSVersion.Version).Explain();

    private static string Line(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
