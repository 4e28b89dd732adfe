using System.Diagnostics;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Enrichment;
using EdgeAgent.Health;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Spool;
using Wire.Model;

namespace EdgeAgent;

/// <summary>
/// The path of an event through the agent, stage by stage: intake → aggregation → parsing → enrichment → filtering → batching → delivery.
/// This file joins the rings and the sinks with what lies between, <see cref="RecordPath"/> the stages in between; none of them calls the next.
/// </summary>
/// <param name="options">Checked options.</param>
/// <param name="sinks">Where batches leave; disposed by the caller.</param>
/// <param name="report">Receives one line for each state change and trouble; must be thread-safe.</param>
/// <param name="reload">Tells when the options were changed; null = they hold until the end.</param>
public sealed class AgentPipeline(AgentOptions options, IReadOnlyList<IRecordSink> sinks, Action<string> report, OptionsReload? reload = null)
{
    /// <summary>Probes that this process loaded and attached before; null = they are loaded when it starts.</summary>
    internal KernelHandles? Handles { get; init; }

    /// <summary>Where batches for the spooled sink wait; null = in memory. Disposed by the caller.</summary>
    internal DiskSpool? DiskSpool { get; init; }

    /// <summary>Where it is told how the agent is.</summary>
    internal HealthSource Health
    {
        get => _health ??= new HealthSource(options);
        init => _health = value;
    }

    /// <summary>Who started the agent and wants to know how it is; null = nobody. Disposed by the caller.</summary>
    internal ServiceManager? Service { get; init; }

    /// <summary>Records after which frames are made and a stop is noticed, also while a flood goes on.</summary>
    private const int RecordsPerPass = 4096;

    /// <summary>The same in bytes: of arguments that are many and short, the agent's memory takes ten times as much as the ring.</summary>
    private const int BytesPerPass = 1 << 20;

    /// <summary>
    /// Longest rest of the intake thread; bulk records do not wake it, but for calls, and for a ring that is an eighth full. Each look costs a quiet host more than what it finds.
    /// </summary>
    private const int PollMilliseconds = 250;

    /// <summary>The same while much comes, and until the probes were tested.</summary>
    private const int BusyPollMilliseconds = 100;

    /// <summary>Records of one pass that are much.</summary>
    private const int ManyRecords = 64;

    /// <summary>When this part of a ring is held, nothing is to wait for company.</summary>
    private const int HurryPart = 4;

    /// <summary>Longest wait for the disk at the end.</summary>
    private static readonly TimeSpan LongestLeave = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait for the first test of the probes: an agent that cannot test them is of more use than none.</summary>
    private static readonly TimeSpan LongestProof = TimeSpan.FromSeconds(15);

    private HealthSource? _health;
    private readonly Stopwatch _turning = new();
    private readonly AgentCounters _counters = new();

    private bool _isBusy = true;

    /// <summary>By lane, of the present pass.</summary>
    private readonly (ulong LastSequence, ulong Lost)[] _given = new (ulong, ulong)[2];

    /// <summary>Runs until cancelled, then flushes for 2 s at most.</summary>
    /// <param name="ready">Called once, when the probes are attached and events flow.</param>
    /// <param name="stop">Asks for the end.</param>
    /// <exception cref="ProbeException">The probes cannot run here.</exception>
    /// <returns>What was done, and what could not be delivered.</returns>
    public async Task<AgentReport> RunAsync(Action<HostIdentity> ready, CancellationToken stop)
    {
        var host = await HostIdentityReader.ReadAsync(options, report, stop);
        using var workers = new SinkWorkers(sinks, options, DiskSpool, TimeProvider.System, report);
        Health.Begin(host, _counters, () => workers.Status);
        using var meter = new HealthMeter(Health.Read);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // A thread of its own: it sleeps in epoll, and the rings must not wait for the thread pool.
        var collecting = Task.Factory.StartNew(
            () => Collect(host, workers, ready, end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await Task.WhenAny(collecting, workers.AnyEnded);
            await end.CancelAsync();
            await collecting;
        }
        finally
        {
            await workers.EndAsync();
        }

        return _counters.Report(await workers.ReportAsync());
    }

    private void Collect(HostIdentity host, SinkWorkers workers, Action<HostIdentity> ready, CancellationToken stop)
    {
        using var stages = new HostStages(options, host, TimeProvider.System, _counters, report, reload, Handles, Health);
        var packer = new FramePacker();
        Action<Frame> ship = frame =>
        {
            foreach (var batch in packer.Pack(frame))
            {
                workers.Enqueue(batch);
            }
        };
        var memory = new MemoryKeeper();
        memory.GiveBack();
        ready(host);
        _turning.Start();
        var more = false;
        while (!stop.IsCancellationRequested)
        {
            stages.Intake.Wait(more ? 0 : RestOf(stages));
            more = Pass(stages, workers, ship);
            Turn(stages);
            stages.Refresh();
            stages.HookTest.Step();
            stages.LeftOut.Step();
            memory.Keep();
        }

        Service?.Stopping();
        if (stages.Holds.Count > 0)
        {
            Leave(stages, workers, ship);
        }
        else
        {
            stages.Probes.Detach();
            Pass(stages, workers, ship, final: true);
        }

        stages.CountEvictions();
    }

    /// <summary>Says that the intake goes round, and from when on it can be relied on. Comes before new options are put into force, so that their beginning is told.</summary>
    private void Turn(HostStages stages)
    {
        Health.Turned();
        if (!Health.IsReady && (stages.HookTest.IsFirstOver || _turning.Elapsed >= LongestProof))
        {
            Health.IsReady = true;
            stages.Heartbeat.Begin();
        }

        Service?.Step(Health, reload is { IsPending: true });
    }

    /// <summary>The probes go on for the next agent, so no number is the last one: all that can leave does, and is to be on disk, so that it does not do it again.</summary>
    private void Leave(HostStages stages, SinkWorkers workers, Action<Frame> ship)
    {
        Pass(stages, workers, ship, flush: true);
        workers.Hurry();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < LongestLeave && !stages.Holds.Values.All(hold => hold.IsReleased); Thread.Sleep(5))
        {
            for (var lane = Lane.High; lane <= Lane.Bulk; lane++)
            {
                Hold(stages, lane, workers);
            }
        }
    }

    /// <summary>Milliseconds until there is something to do, if no record comes.</summary>
    private int RestOf(HostStages stages)
    {
        var rest = TimeSpan.FromMilliseconds(_isBusy || !Health.IsReady ? BusyPollMilliseconds : PollMilliseconds);
        foreach (var batcher in stages.Lanes)
        {
            if (batcher.DueIn is { } due && due < rest)
            {
                rest = due;
            }
        }

        return (int)Math.Max(1, Math.Ceiling(rest.TotalMilliseconds));
    }

    /// <summary>Takes what is in the rings through all stages.</summary>
    /// <param name="stages">The stages.</param>
    /// <param name="workers">Know what is kept of what left.</param>
    /// <param name="ship">Takes what leaves.</param>
    /// <param name="final">True when nothing more can come.</param>
    /// <param name="flush">True when nothing is to wait for company.</param>
    /// <returns>True when there may be more records at once.</returns>
    private bool Pass(HostStages stages, SinkWorkers workers, Action<Frame> ship, bool final = false, bool flush = false)
    {
        stages.Progress.Gathering.IsBehind = workers.AreBehind && stages.Holds.Values.All(hold => hold.Held <= hold.Size / HurryPart);

        // Asked before the rings are drained: numbers given up to here are in the rings now, or lost.
        Ask(stages);
        var (taken, bytes) = (0, 0);
        bool isFull;
        for (; !(isFull = !final && (taken >= RecordsPerPass || bytes >= BytesPerPass)) && stages.Intake.TryTake(out var record); taken++)
        {
            bytes += record.Length;
            stages.Records.Take(record);
        }

        _isBusy = taken >= ManyRecords;
        for (var lane = Lane.High; lane <= Lane.Bulk; lane++)
        {
            if (final || stages.Intake.IsDrained(lane))
            {
                stages.Lanes[(int)lane].KernelGave(_given[(int)lane].LastSequence);
            }

            CountLost(stages, lane);
            stages.Records.TakeDue(lane, final, flush, ship);
            Hold(stages, lane, workers);
        }

        return isFull;
    }

    private void CountLost(HostStages stages, Lane lane)
    {
        var lost = (long)_given[(int)lane].Lost;
        if (lost != _counters.LostInKernel[(int)lane])
        {
            _counters.LostInKernel[(int)lane] = lost;
            stages.Probes.CopyLost(lane, _counters.LostByKind[(int)lane]);
        }
    }

    /// <summary>Gives space in a ring that holds back to the kernel, as far as what was made of it is kept.</summary>
    private static void Hold(HostStages stages, Lane lane, SinkWorkers workers)
    {
        if (!stages.Holds.TryGetValue(lane, out var hold))
        {
            return;
        }

        var batcher = stages.Lanes[(int)lane];
        hold.Read(batcher.Highest);
        if (batcher.Settled is { } numbers)
        {
            hold.Settle(numbers);
        }

        hold.Release(workers.DurableTo(lane));
        if (hold.Held > hold.Size / HurryPart)
        {
            workers.Hurry();
        }

        if (hold.Held > hold.Size / 2)
        {
            hold.Yield();
        }
    }

    /// <summary>What the kernel has given in each lane, asked after the clock.</summary>
    private void Ask(HostStages stages)
    {
        var asked = BootClock.NowNs();
        for (var lane = Lane.High; lane <= Lane.Bulk; lane++)
        {
            _given[(int)lane] = stages.Probes.LaneState(lane);
            stages.Progress.KernelGave(lane, _given[(int)lane].LastSequence, asked);
        }
    }
}
