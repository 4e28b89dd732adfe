using EdgeAgent.Probes;
using EdgeAgent.SelfTest;
using Wire.Model;

namespace EdgeAgent.Health;

/// <summary>How the probes are.</summary>
/// <param name="Signals">By signal.</param>
/// <param name="Pins">Whose they are.</param>
/// <param name="IsTestStuck">True while they cannot be tested.</param>
internal sealed record ProbeStatus(IReadOnlyList<SignalHealth> Signals, PinState Pins, bool IsTestStuck)
{
    /// <summary>There are none yet.</summary>
    internal static readonly ProbeStatus None = new([], PinState.Off, false);

    /// <summary>Every signal, with the backend that shows it and what the self-test found of its hooks.</summary>
    internal static ProbeStatus Of(IEnumerable<Backend> used, PinState pins, HookVerdicts verdicts, bool isTestStuck)
    {
        var backends = used.ToList();
        return new ProbeStatus(
            [.. Enum.GetValues<Signal>().Select(signal => Of(signal, backends.Find(backend => backend.Signal == signal), verdicts))], pins, isTestStuck);
    }

    private static SignalHealth Of(Signal signal, Backend? backend, HookVerdicts verdicts)
    {
        var hooks = backend is null ? Hooks.None : BackendProof.HooksOf(signal);
        var (silent, proven) = (verdicts.Silent & hooks, verdicts.Proven & hooks);

        // Where there was no place to change a file, of what the kernel's checks tell nothing is known.
        // What no probe shows on this host is as silent as one that does not fire. Of system calls the agent is known to do without.
        var trust = backend is null && signal != Signal.Calls ? HookTrust.Silent
            : silent != Hooks.None ? (proven == Hooks.None ? HookTrust.Silent : HookTrust.Partial)
            : proven != Hooks.None && (!IsNoting(backend) || proven.HasFlag(Hooks.Change)) ? HookTrust.Proven
            : HookTrust.Unproven;
        return new SignalHealth(Backend.TextOf(signal), backend?.Name ?? "", trust, verdicts.JudgedBootNs(hooks));
    }

    private static bool IsNoting(Backend? backend) => backend?.Programs.Any(EdgeReturns.IsNoting) == true;
}
