using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Parsing;
using EdgeAgent.Probes;
using Wire.Model;

namespace EdgeAgent.SelfTest;

/// <summary>
/// Tries backends: loads them, attaches them, sets them off and looks whether each reports. Programs that load and never fire are
/// known: LSM hooks on a kernel whose list of security modules lacks <c>bpf</c>. Takes <see cref="HookTest.Patience"/> at most, beside the loading.
/// </summary>
internal static class BackendProof
{
    private const ushort Port = 50_000;
    private const int PollMilliseconds = 5;

    /// <summary>This program's own file: it is there and can be opened, whatever is watched on this host.</summary>
    private static readonly AgentOptions Options = new()
    {
        WatchFiles = [Environment.ProcessPath ?? "/proc/self/exe"], HighRingBytes = 1 << 16, BulkRingBytes = 1 << 18,
    };

    /// <summary>For each signal the best backend that works here; what stands back is reported with its reason.</summary>
    /// <exception cref="ProbeException">No signal has one, or the host lacks what all need.</exception>
    internal static IReadOnlyList<Backend> Choose(AgentOptions options, Action<string> report)
    {
        HostSupport.ThrowIfMissing();
        return Chosen(ChooseAll(options), report);
    }

    /// <summary>The backends that are used. One signal that nothing can show is no reason not to show the others.</summary>
    /// <exception cref="ProbeException">There are none.</exception>
    internal static IReadOnlyList<Backend> Chosen(IReadOnlyList<BackendChoice> choices, Action<string> report)
    {
        var messages = choices.SelectMany(choice => choice.Messages()).ToList();
        var chosen = choices.Select(choice => choice.Chosen).OfType<Backend>().ToList();
        if (chosen.Count == 0)
        {
            report(message);
        }

        messages.ForEach(report);
        return chosen;
    }

    /// <summary>Tries the backends that the configuration allows.</summary>
    internal static IReadOnlyList<BackendChoice> ChooseAll(AgentOptions options) => new BackendSearch(Try, Backend.All
        .Where(backend => options.AvoidedProbes.Contains(backend.FullName))
        .Select(backend => new BackendTrial(backend, TrialResult.Refused, "the configuration avoids them: probes.avoid"))).Find(Backend.All);

    /// <summary>Tries backends together. Their hooks are gone again when this returns.</summary>
    internal static IReadOnlyList<BackendTrial> Try(IReadOnlyList<Backend> backends)
    {
        try
        {
            using var probes = ProbeSet.Load(Options, backends, _ => { });
            if (backends.Any(backend => backend.Signal == Signal.FileOpen) && probes.Watch.Look() is { } wanted)
            {
                probes.Watch.Apply(wanted);
            }

            using var rings = probes.OpenRings();
            probes.Attach();
            var expected = new HookTriggers(Options).SetOff(Port, backends.Aggregate(Hooks.None, (all, backend) => all | HooksOf(backend.Signal)));
            var silent = expected & ~Seen(rings, expected, TimeProvider.System);
            return [.. backends.Select(backend => TrialOf(backend, expected & HooksOf(backend.Signal), silent & HooksOf(backend.Signal)))];
        }
        catch (ProbeException e)
        {
            var cause = e.InnerException as LibBpfException;
            var reason = cause is null ? e.Message : HostSupport.Explain(cause);
            return [.. backends.Select(backend => new BackendTrial(backend, TrialResult.Refused, reason, cause?.VerifierLog ?? ""))];
        }
    }

    private static BackendTrial TrialOf(Backend backend, Hooks expected, Hooks silent) =>
        expected == Hooks.None ? new BackendTrial(backend, TrialResult.Untested)
        : silent == Hooks.None ? new BackendTrial(backend, TrialResult.Fires)
        : new BackendTrial(backend, TrialResult.Silent, $"no report of {silent} within {HookTest.Patience.TotalSeconds} s");

    /// <summary>What the programs of a signal hang at.</summary>
    internal static Hooks HooksOf(Signal signal) => signal switch
    {
        Signal.FileOpen => Hooks.FileOpen,
        Signal.Process => Hooks.Fork | Hooks.Exec | Hooks.Exit,
        Signal.Calls => Hooks.Call,
        _ => Hooks.Connect4 | Hooks.Connect6,
    };

    private static Hooks Seen(Intake.RingIntake rings, Hooks expected, TimeProvider time)
    {
        var start = time.GetTimestamp();
        var parser = new RecordParser();
        var seen = Hooks.None;
        while ((seen & expected) != expected && time.GetElapsedTime(start) < HookTest.Patience)
        {
            while (rings.TryTake(out var record))
            {
                seen |= parser.Parse(record, out var parsed) == ParseFault.None ? HookOf(parsed!) : Hooks.None;
            }

            rings.Wait(PollMilliseconds);
        }

        return seen;
    }

    private static Hooks HookOf(KernelEvent e)
    {
        var self = (uint)Environment.ProcessId;
        return e switch
        {
            KernelFork when e.Key.Pid == self => Hooks.Fork,
            KernelExec { Arguments: [_, var argument] } when e.ParentKey.Pid == self && argument == HookTriggers.ArgumentOf(Port) => Hooks.Exec,
            KernelExit when e.ParentKey.Pid == self => Hooks.Exit,
            KernelFileOpen when e.Key.Pid == self => Hooks.FileOpen,
            KernelCall { Call: CallKind.MemfdCreate } call when e.Key.Pid == self && call.Name == HookTriggers.ArgumentOf(Port) => Hooks.Call,
            KernelNetwork network when e.Key.Pid == self && network.Port == Port =>
                network.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? Hooks.Connect4 : Hooks.Connect6,
            _ => Hooks.None,
        };
    }
}
