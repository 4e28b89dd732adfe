using System.Runtime.InteropServices;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.SelfTest;

namespace EdgeAgent.Doctor;

/// <summary>What this host supports, and which probes the agent uses on it.</summary>
/// <param name="Kernel">Release and architecture.</param>
/// <param name="HasBtf">Whether the kernel describes its types.</param>
/// <param name="Preemption">Whether the kernel takes the CPU from tasks in the kernel; null = not known, and taken for yes.</param>
/// <param name="Lockdown">none, integrity or confidentiality; empty = not known.</param>
/// <param name="SecurityModules">In their order, divided by commas; empty = not known.</param>
/// <param name="CgroupMount">Where cgroup v2 is mounted; null = nowhere, and the agent mounts its own.</param>
/// <param name="TracefsMount">Where tracefs is mounted; null = nowhere.</param>
/// <param name="ProbesHash">SHA-256 of the probes, the only ones that this agent loads; null = built without.</param>
/// <param name="MissingCapabilities">Capabilities this process lacks.</param>
/// <param name="Missing">What keeps all probes from running, one sentence each.</param>
/// <param name="Choices">By signal; empty when something is missing.</param>
/// <param name="Pins">What agents left in the kernel, or keep there now; oldest first.</param>
internal sealed record HostReport(
    string Kernel, bool HasBtf, bool? Preemption, string Lockdown, string SecurityModules, string? CgroupMount, string? TracefsMount, string? ProbesHash,
    IReadOnlyList<Capability> MissingCapabilities, IReadOnlyList<string> Missing, IReadOnlyList<BackendChoice> Choices,
    IReadOnlyList<PinReport> Pins)
{
    /// <summary>Whether the agent can run here: every signal that it cannot do without has probes.</summary>
    internal bool IsFit => Missing.Count == 0 && Choices.All(choice => choice.Chosen is not null || choice.IsSpared);

    /// <summary>Looks at this host and tries the probes as the agent does at its start; nothing stays attached.</summary>
    internal static HostReport Make(AgentOptions options)
    {
        var missing = HostSupport.Missing();
        return new HostReport(
            $"{File.ReadAllText("/proc/sys/kernel/osrelease").Trim()} {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", HostSupport.HasBtf, KernelPreemption.Known,
            HostSupport.Lockdown(), HostSupport.SecurityModules(), CgroupRoot.Find(File.ReadLines("/proc/self/mountinfo")),
            HostSupport.TracefsMount(), BpfArtifact.BuiltHash?.ToLowerInvariant(),
            Capabilities.Missing(File.ReadLines("/proc/self/status")), missing, missing.Count == 0 ? BackendProof.ChooseAll(options) : [],
            PinReport.Make(options));
    }

    /// <summary>How a trial came out, in one word or two.</summary>
    internal static string ResultOf(BackendChoice choice, BackendTrial trial) => (trial.Backend == choice.Chosen, trial.Result) switch
    {
        (true, TrialResult.Fires) => "used",
        (true, TrialResult.Untested) => "used, untested",
        (true, _) => "used, silent",
        (_, TrialResult.Refused) => "refused",
        (_, TrialResult.Silent) => "silent",
        _ => "not needed",
    };
}
