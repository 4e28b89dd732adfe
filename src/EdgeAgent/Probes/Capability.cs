using System.Globalization;

namespace EdgeAgent.Probes;

/// <summary>Capabilities of the agent that matter to it, by their numbers in <c>include/uapi/linux/capability.h</c>.</summary>
internal enum Capability
{
    CAP_DAC_READ_SEARCH = 2,
    CAP_NET_ADMIN = 12,
    CAP_SYS_PTRACE = 19,
    CAP_SYS_ADMIN = 21,
    CAP_SYS_RESOURCE = 24,
    CAP_PERFMON = 38,
    CAP_BPF = 39,
}

/// <summary>Reads which capabilities this process lacks.</summary>
internal static class Capabilities
{
    private const string Effective = "CapEff:";

    /// <summary>Those that are missing; CAP_SYS_ADMIN is not needed, and stands for CAP_BPF and CAP_PERFMON, too.</summary>
    /// <param name="status">Lines of /proc/self/status, see proc(5).</param>
    internal static IReadOnlyList<Capability> Missing(IEnumerable<string> status)
    {
        var set = Set(status);
        return [.. Enum.GetValues<Capability>().Where(capability => capability != Capability.CAP_SYS_ADMIN && !Has(capability))];

        bool Has(Capability capability) => Holds(set, capability)
            || (capability is Capability.CAP_BPF or Capability.CAP_PERFMON && Holds(set, Capability.CAP_SYS_ADMIN));
    }

    /// <summary>Whether a process has CAP_SYS_ADMIN.</summary>
    /// <param name="status">Lines of its status, as above.</param>
    internal static bool IsAdministrator(IEnumerable<string> status) => Holds(Set(status), Capability.CAP_SYS_ADMIN);

    private static bool Holds(ulong set, Capability capability) => (set >> (int)capability & 1) != 0;

    private static ulong Set(IEnumerable<string> status)
    {
        var line = status.FirstOrDefault(line => line.StartsWith(Effective, StringComparison.Ordinal)) ?? "";
        _ = ulong.TryParse(line.AsSpan(Math.Min(Effective.Length, line.Length)).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var set);
        return set;
    }
}
