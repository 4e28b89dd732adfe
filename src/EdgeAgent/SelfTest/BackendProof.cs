using EdgeAgent.Enrichment;
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
    /// <summary>Port of the connects, and what tells the program that is run from others.</summary>
    internal const ushort Port = 50_000;

    private const int PollMilliseconds = 5;

    /// <summary>Longest time that a start waits for the setting off.</summary>
    private static readonly TimeSpan SetOffPatience = TimeSpan.FromSeconds(3);

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
            throw new ProbeException(string.Join(Environment.NewLine, messages));
        }

        messages.ForEach(report);
        return chosen;
    }

    /// <summary>Tries the backends that the configuration allows.</summary>
    internal static IReadOnlyList<BackendChoice> ChooseAll(AgentOptions options)
    {
        TrialFolders.RemoveLeft(TrialFolders.Places);
        return new BackendSearch(Try, Backend.All
            .Where(backend => Backend.OfAnyKernel.Any(other => options.AvoidedProbes.Contains(other.FullName) && backend.Needs(other)))
            .Select(backend => new BackendTrial(backend, TrialResult.Refused, "the configuration avoids them: probes.avoid"))).Find(Backend.All);
    }

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
            var changes = probes.TryChanges();
            return [.. backends.Select(backend => WithChanges(TrialOf(backend, expected & HooksOf(backend.Signal), silent & HooksOf(backend.Signal)), changes))];
        }
        catch (ProbeException e)
        {
            var cause = e.InnerException as LibBpfException;
            var reason = cause is null ? e.Message : HostSupport.Explain(cause);
            return [.. backends.Select(backend => new BackendTrial(backend, TrialResult.Refused, reason, cause?.VerifierLog ?? ""))];
        }
    }

    /// <summary>
    /// Sets the hooks of attached probes off and tells which did not report. What waits in rings that hold stays there, and the records of this with it: they are
    /// known as the agent's own. Nothing is told while records are lost, for one of these may be among them, nor of opens while the file system of the
    /// watched file does not answer.
    /// </summary>
    /// <param name="probes">Pinned ones.</param>
    /// <param name="options">Checked options, as those that the watch lists are of.</param>
    internal static Hooks SilentOf(ProbeSet probes, AgentOptions options)
    {
        TrialFolders.RemoveLeft(TrialFolders.Places);
        using var rings = probes.OpenRings();
        var (lost, since) = (probes.Lost(), BootClock.NowNs());
        var hooks = probes.Backends.Aggregate(Hooks.None, (all, backend) => all | HooksOf(backend.Signal));

        var expected = SetOff(new HookTriggers(options), [hooks & Hooks.FileOpen, hooks & ~Hooks.FileOpen]);
        var seen = Seen(rings, expected, TimeProvider.System, since);
        var silent = probes.Lost() == lost ? expected & ~seen : Hooks.None;
        return probes.TryChanges() == TrialResult.Silent ? silent | Hooks.Change : silent;
    }

    /// <summary>Sets hooks off, each part on a thread of its own: what does not come to its end in time, or fails, is not expected to be met.</summary>
    private static Hooks SetOff(HookTriggers triggers, Hooks[] parts)
    {
        Task<Hooks>[] runs =
            [.. parts.Select(part => Task.Factory.StartNew(() => triggers.SetOff(Port, part), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        _ = Task.WaitAny([Task.WhenAll(runs)], SetOffPatience);
        return runs.Where(run => run.IsCompletedSuccessfully).Aggregate(Hooks.None, (all, run) => all | run.Result);
    }

    private static BackendTrial TrialOf(Backend backend, Hooks expected, Hooks silent) =>
        expected == Hooks.None ? new BackendTrial(backend, TrialResult.Untested)
        : silent == Hooks.None ? new BackendTrial(backend, TrialResult.Fires)
        : new BackendTrial(backend, TrialResult.Silent, $"no report of {silent} within {HookTest.Patience.TotalSeconds} s");

    /// <summary>The same trial with what was found of the programs that note changes, if there are some among those of the backend.</summary>
    internal static BackendTrial WithChanges(BackendTrial trial, TrialResult changes) => !trial.Backend.Programs.Any(EdgeReturns.IsNoting) ? trial : changes switch
    {
        TrialResult.Silent => trial with { Result = TrialResult.Silent, Reason = "what the kernel asks about changes of names and files does not reach them" },
        TrialResult.Untested when trial.IsGood => trial with
        {
            Result = TrialResult.Untested,
            Reason = "there is no folder in which the agent can change files of its own, to see whether they are asked; what they say nothing of is told by its name",
        },
        _ => trial,
    };

    /// <summary>What the programs of a signal hang at.</summary>
    internal static Hooks HooksOf(Signal signal) => signal switch
    {
        Signal.FileOpen => Hooks.FileOpen,
        Signal.Process => Hooks.Fork | Hooks.Exec | Hooks.Exit,
        Signal.Calls => Hooks.Call | Hooks.Change,
        _ => Hooks.Connect4 | Hooks.Connect6,
    };

    // Earlier records can be of a process that had the same id.
    private static Hooks Seen(Intake.RingIntake rings, Hooks expected, TimeProvider time, ulong sinceNs = 0)
    {
        var start = time.GetTimestamp();
        var parser = new RecordParser();
        var seen = Hooks.None;
        while ((seen & expected) != expected && time.GetElapsedTime(start) < HookTest.Patience)
        {
            while (rings.TryTake(out var record))
            {
                seen |= parser.Parse(record, out var parsed) == ParseFault.None && parsed!.Header.BootNs >= sinceNs ? HookOf(parsed) : Hooks.None;
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
