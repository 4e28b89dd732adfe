using EdgeAgent.Aggregation;
using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Filtering;
using EdgeAgent.Health;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.SelfTest;
using Wire.Model;

namespace EdgeAgent;

/// <summary>Makes the stages of the intake thread and starts the probes. One thread only.</summary>
internal sealed class HostStages : IDisposable
{
    private readonly ProcessTable _processes = new();
    private readonly CallReader _calls = null!;
    private readonly CgroupTree _cgroups = null!;
    private readonly WatchRefresher<WatchEntries> _watch = null!;
    private readonly WatchRefresher<AgentOptions>? _options;
    private readonly OptionsReload? _reload;
    private readonly Action<string> _report;
    private readonly AgentCounters _counters;
    private readonly HealthSource _health;
    private readonly ulong _startedNs;
    private AgentOptions _current;

    /// <exception cref="ProbeException">The probes cannot run here.</exception>
    internal HostStages(
        AgentOptions options, HostIdentity host, TimeProvider time, AgentCounters counters, Action<string> report, OptionsReload? reload,
        KernelHandles? handles, HealthSource health)
    {
        (_current, _report, _reload, _counters, _health) = (options, report, reload, counters, health);
        Probes = handles is null ? BackendProof.Load(options, report) : ProbeSet.Adopt(handles, options, report);
        var hooks = Probes.Backends.Aggregate(Hooks.None, (all, backend) => all | BackendProof.HooksOf(backend.Signal));
        try
        {
            var start = Probes.Begin();
            var clock = BootClock.Read();
            var users = new UserNames("/etc/passwd");
            var proc = new ProcFiles("/proc");
            _cgroups = CgroupTree.Open(CgroupRoot.Find(File.ReadLines("/proc/self/mountinfo")), report);
            _calls = new CallReader(new AskedNames("/proc"), Probes.Watch.Covers);
            Progress = new HostProgress(start, options);
            Heartbeat = new HostHeartbeat(Beat, time);

            // In the lane that is shipped first: a backlog of bulk events does not hold it up.
            Lanes = [.. Enum.GetValues<Lane>().Select(lane => new LaneBatcher(
                host, lane, clock, time, start.Of(lane), Progress, lane == Lane.High ? Heartbeat : null))];
            var events = new EventPool();
            var enricher = new Enricher(
                host, clock, users, new Actors(users, new ContainerIds(_cgroups.PathOf), _processes), _processes, proc, _calls, Probes.Watch.Covers, events);
            Records = new RecordPath(new FloodTable(options.FloodAlikePerSecond), enricher, events, Lanes, IsOurs, counters, report)
            {
                Filter = new EventFilter(options),
            };

            _watch = new WatchRefresher<WatchEntries>(Probes.Watch.Look, Probes.Watch.Apply, options.WatchRescan, time, report);
            _watch.Start();
            _options = reload is null
                ? null
                : new WatchRefresher<AgentOptions>(() => reload.Look(Volatile.Read(ref _current)), Change, options.WatchRescan, time, report);
            Intake = Probes.OpenRings();
            Holds = Probes.Durable is { } durable
                ? Enum.GetValues<Lane>().ToDictionary(lane => lane, lane => new RingHold(Intake.Ring(lane), lane, durable))
                : [];
            Probes.Attach();
            ProcessSnapshot.Fill(Probes.Processes(), _processes, proc, users);
            HookTest = new HookTest(
                port => new HookTriggers(options).SetOff(port, hooks), Probes.Lost, () => Enum.GetValues<Lane>().All(Intake.IsDrained), (uint)Environment.ProcessId, options.SelfTestInterval, time, report,
                () => Probes.TryChanges() switch { TrialResult.Fires => true, TrialResult.Silent => false, _ => null });
            _startedNs = BootClock.NowNs();
            health.Watch(() => ProbeStatus.Of(Probes.Backends, Probes.Pins, HookTest.Verdicts, HookTest.IsStuck));
            LeftOut = new LeftOutRuns(Probes.LeftOut, options.SelfTestInterval, time, report);
        }
        catch
        {
            Dispose();
            throw;
        }

        report($"watching {Probes.Watch.Watched} files, folders and commands, {Probes.Watch.Missing} more as soon as they exist, "
            + $"{options.ExcludedNetworks.Count} networks excluded, {_processes.Count} processes known");
    }

    internal ProbeSet Probes { get; }

    internal RingIntake Intake { get; } = null!;

    /// <summary>From a record to its frame.</summary>
    internal RecordPath Records { get; } = null!;

    /// <summary>By lane, what stays in the rings until it is kept elsewhere; empty when the probes end with the agent.</summary>
    internal IReadOnlyDictionary<Lane, RingHold> Holds { get; } = new Dictionary<Lane, RingHold>();

    /// <summary>By lane.</summary>
    internal IReadOnlyList<LaneBatcher> Lanes { get; } = [];

    internal HostProgress Progress { get; } = null!;

    internal HostHeartbeat Heartbeat { get; } = null!;

    internal HookTest HookTest { get; } = null!;

    internal LeftOutRuns LeftOut { get; } = null!;

    /// <summary>Counts what is too costly, or of another stage's own, to be counted as it happens.</summary>
    internal void CountEvictions()
    {
        (_counters.ProcessEvictions, _counters.LearntEvictions) = (_processes.Evictions, Probes.LearntEvictions());
        if (_processes.Shortened > _counters.ProcessesShortened)
        {
            _report($"the processes of this host take too much memory: {_processes.Shortened - _counters.ProcessesShortened} times arguments, folder or "
                + "ancestors of one were forgotten; later events of it have them cut");
            _counters.ProcessesShortened = _processes.Shortened;
        }
    }

    /// <summary>Of a test of the hooks, or of the agent's own start: the probes hang already when it executes itself anew.</summary>
    private bool IsOurs(HostEvent e) => HookTest.Takes(e) || (e.BootNs < _startedNs && OwnProcess.Is(e.Process.Key));

    /// <summary>
    /// Compares the watch lists with the file system, if that was long enough ago or a watched name was changed, and the options with the
    /// files that they came from, at once when somebody asked for it; does not wait for it.
    /// </summary>
    internal void Refresh()
    {
        if (_reload is { IsAsked: true })
        {
            _options?.Hurry();
        }

        _options?.Step();
        if (_calls.WatchedChanged)
        {
            _calls.WatchedChanged = false;
            _watch.Hurry();
        }

        _watch.Step();
    }

    private Heartbeat Beat()
    {
        CountEvictions();
        return _health.Read().Beat;
    }

    private void Change(AgentOptions options)
    {
        Use(options);
        _reload!.Taken();
    }

    // What is new is added before what is old is removed, so that nothing is unwatched in between.
    private void Use(AgentOptions options)
    {
        var restart = OptionsReload.NeedsRestart(_current, options);
        try
        {
            Probes.Change(_current, options);
        }
        catch (LibBpfException e)
        {
            _report($"options were not taken: {e.Message}; a new start makes room for that many excluded networks");
            return;
        }

        Records.Filter = new EventFilter(options);
        Volatile.Write(ref _current, options);
        _health.Take(options);
        _watch.Hurry();
        foreach (var remark in options.Remarks)
        {
            _report(remark);
        }

        _report(restart
            ? "options were read anew; what is neither a watch list, an excluded network nor a forward option holds from the next start on"
            : "options were read anew");
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _options?.Dispose();
        Intake?.Dispose();
        _cgroups?.Dispose();
        Probes.Dispose();
    }
}
