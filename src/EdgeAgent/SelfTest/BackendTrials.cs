using EdgeAgent.Enrichment;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes;

namespace EdgeAgent.SelfTest;

/// <summary>
/// Tries backends: loads them, attaches them, sets them off and looks whether each reports. Programs that load and never fire are
/// known: LSM hooks on a kernel whose list of security modules lacks <c>bpf</c>. Takes <see cref="HookTest.Patience"/> at most, beside the loading.
/// The probes of the last trial are kept when all of them reported, because loading is most of what a start takes. One thread only.
/// </summary>
/// <param name="options">Those of the agent. Instead of what they watch a trial watches this program's own file: it is there and can be
/// opened, whatever is watched on this host.</param>
internal sealed class BackendTrials(AgentOptions options) : IDisposable
{
    private readonly AgentOptions _own = options with
    {
        WatchFiles = [Environment.ProcessPath ?? "/proc/self/exe"], WatchFolders = [], WatchCommands = [], WatchRules = [],
    };

    // Before, the kernel forgets the function of a program at one that was detached (bpf_tracing_prog_attach in its source).
    private static readonly Version FirstThatAttachesAgain = new(5, 13);

    private (IReadOnlyList<Backend> Backends, ProbeSet Probes)? _kept;

    /// <summary>Tries backends together. Nothing is told any more when this returns.</summary>
    internal IReadOnlyList<BackendTrial> Try(IReadOnlyList<Backend> backends)
    {
        Dispose();
        ProbeSet? probes = null;
        try
        {
            probes = ProbeSet.Load(_own, backends, _ => { });
            var trials = SetOff(probes, backends);
            if (trials.All(trial => trial.IsGood) && Environment.OSVersion.Version >= FirstThatAttachesAgain)
            {
                probes.Pause();
                (_kept, probes) = ((backends, probes), null);
            }

            return trials;
        }
        catch (ProbeException e)
        {
            var cause = e.InnerException as LibBpfException;
            var reason = cause is null ? e.Message : HostSupport.Explain(cause);
            return [.. backends.Select(backend => new BackendTrial(backend, TrialResult.Refused, reason, cause?.VerifierLog ?? ""))];
        }
        finally
        {
            probes?.Dispose();
        }
    }

    /// <summary>The probes of the last trial as they are when they are loaded, if they are those of these backends; else null.</summary>
    /// <param name="backends">Which are wanted.</param>
    /// <param name="report">Takes what a person must know.</param>
    /// <exception cref="ProbeException">Their maps cannot be changed.</exception>
    internal ProbeSet? Take(IReadOnlyCollection<Backend> backends, Action<string> report)
    {
        if (_kept is not { } kept || !kept.Backends.ToHashSet().SetEquals(backends))
        {
            return null;
        }

        try
        {
            var loaded = kept.Probes.AsLoaded(options, report);
            _kept = null;
            return loaded;
        }
        catch (LibBpfException e)
        {
            throw new ProbeException(e.Message, e);
        }
    }

    public void Dispose()
    {
        _kept?.Probes.Dispose();
        _kept = null;
    }

    private IReadOnlyList<BackendTrial> SetOff(ProbeSet probes, IReadOnlyList<Backend> backends)
    {
        if (backends.Any(backend => backend.Signal == Signal.FileOpen) && probes.Watch.Look() is { } wanted)
        {
            probes.Watch.Apply(wanted);
        }

        using var rings = probes.OpenRings();
        probes.Attach();
        var expected = new HookTriggers(_own).SetOff(BackendProof.Port, backends.Aggregate(Hooks.None, (all, backend) => all | BackendProof.HooksOf(backend.Signal)));
        var silent = expected & ~BackendProof.Seen(rings, expected);
        var changes = probes.TryChanges();
        return [.. backends.Select(backend =>
            WithChanges(TrialOf(backend, expected & BackendProof.HooksOf(backend.Signal), silent & BackendProof.HooksOf(backend.Signal)), changes))];
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
}
