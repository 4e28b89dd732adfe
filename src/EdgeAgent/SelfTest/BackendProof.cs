using System.Diagnostics;
using EdgeAgent.Enrichment;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Parsing;
using EdgeAgent.Probes;
using Wire.Model;

namespace EdgeAgent.SelfTest;

/// <summary>Finds the backends that work here, and looks whether those that run still do.</summary>
internal static class BackendProof
{
    /// <summary>Port of the connects, and what tells the program that is run from others.</summary>
    internal const ushort Port = 50_000;

    private const int PollMilliseconds = 5;

    /// <summary>Longest time that a start waits for the setting off.</summary>
    private static readonly TimeSpan SetOffPatience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Loads for each signal the best backend that works here; what stands back is reported with its reason. Nothing is attached yet.
    /// </summary>
    /// <param name="options">Checked options.</param>
    /// <param name="report">Takes what a person must know.</param>
    /// <param name="former">Probes whose rings and numbers these go on with; null = they have their own.</param>
    /// <exception cref="ProbeException">No signal has one, or the host lacks what all need.</exception>
    internal static ProbeSet Load(AgentOptions options, Action<string> report, KernelHandles? former = null)
    {
        HostSupport.ThrowIfMissing();
        using var trials = new BackendTrials(options);
        var chosen = Chosen(ChooseAll(options, trials), report);
        return (former is null ? trials.Take(chosen, report) : null) ?? ProbeSet.Load(options, chosen, report, former);
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

    /// <summary>Tries the backends that the configuration allows. Nothing stays loaded.</summary>
    internal static IReadOnlyList<BackendChoice> ChooseAll(AgentOptions options)
    {
        using var trials = new BackendTrials(options);
        return ChooseAll(options, trials);
    }

    private static IReadOnlyList<BackendChoice> ChooseAll(AgentOptions options, BackendTrials trials)
    {
        TrialFolders.RemoveLeft(TrialFolders.Places);
        var avoided = Backend.All
            .Where(backend => Backend.OfAnyKernel.Any(other => options.AvoidedProbes.Contains(other.FullName) && backend.Needs(other)))
            .Select(backend => new BackendTrial(backend, TrialResult.Refused, "the configuration avoids them: probes.avoid"));

        // On kernels that count programs as locked memory, too little of it would look like a refusal of the kind.
        Memlock.Raise(_ => { });
        var known = avoided.Concat(HookKinds.Refused(Backend.All)).DistinctBy(trial => trial.Backend);
        return new BackendSearch(trials.Try, known).Find(Backend.All);
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
        var seen = Seen(rings, expected, since);
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

    /// <summary>What the programs of a signal hang at.</summary>
    internal static Hooks HooksOf(Signal signal) => signal switch
    {
        Signal.FileOpen => Hooks.FileOpen,
        Signal.Process => Hooks.Fork | Hooks.Exec | Hooks.Exit,
        Signal.Calls => Hooks.Call | Hooks.Change,
        _ => Hooks.Connect4 | Hooks.Connect6,
    };

    /// <summary>Reads rings until these hooks have reported, or should have.</summary>
    /// <param name="rings">The rings.</param>
    /// <param name="expected">What was set off.</param>
    /// <param name="sinceNs">When, ns since boot: earlier records can be of a process that had the same id.</param>
    /// <returns>What reported.</returns>
    internal static Hooks Seen(Intake.RingIntake rings, Hooks expected, ulong sinceNs = 0)
    {
        var patience = Stopwatch.StartNew();
        var parser = new RecordParser();
        var seen = Hooks.None;
        while ((seen & expected) != expected && patience.Elapsed < HookTest.Patience)
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
