using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Enrichment;
using EdgeAgent.Filtering;
using EdgeAgent.Intake;
using EdgeAgent.Options;
using EdgeAgent.Parsing;
using EdgeAgent.Probes;
using Wire.Model;

namespace EdgeAgent;

/// <summary>
/// The path of an event through the agent, stage by stage: intake → parsing → enrichment → filtering → batching → delivery.
/// This file joins the stages; none of them calls the next.
/// </summary>
/// <param name="options">Checked options.</param>
/// <param name="sinks">Where batches leave; disposed by the caller.</param>
/// <param name="report">Receives one line for each state change and trouble; must be thread-safe.</param>
public sealed class AgentPipeline(AgentOptions options, IReadOnlyList<IRecordSink> sinks, Action<string> report)
{
    /// <summary>Records after which frames are made and a stop is noticed, also while a flood goes on.</summary>
    private const int RecordsPerPass = 4096;

    /// <summary>Longest rest of the intake thread; bulk records do not wake it.</summary>
    private const int PollMilliseconds = 20;

    /// <summary>Time that is left for shipping after a stop was asked for.</summary>
    public static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(2);

    /// <summary>Time after that in which a sink has to notice that it was cancelled.</summary>
    private static readonly TimeSpan BlockedTime = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly AgentCounters _counters = new();

    /// <summary>Runs until cancelled, then flushes.</summary>
    /// <param name="ready">Called once, when the probes are attached and events flow.</param>
    /// <param name="stop">Asks for the end.</param>
    /// <exception cref="ProbeException">The probes cannot run here.</exception>
    /// <returns>What was done, and what could not be delivered.</returns>
    public async Task<AgentReport> RunAsync(Action<HostIdentity> ready, CancellationToken stop)
    {
        var host = await HostIdentityReader.ReadAsync(options, report, stop);
        var workers = sinks.Select(s => new SinkWorker(s, options.SpoolBytes, _time, report)).ToArray();
        using var abandon = new CancellationTokenSource();
        var shipping = workers.Select(w => Task.Run(() => w.RunAsync(abandon.Token), CancellationToken.None)).ToArray();

        // A thread of its own: it sleeps in epoll, and the rings must not wait for the thread pool.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var collecting = Task.Factory.StartNew(
            () => Collect(host, workers, ready, end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            // A worker ends before it was closed only by an exception: that ends the agent.
            await Task.WhenAny([collecting, .. shipping]);
            await end.CancelAsync();
            await collecting;
        }
        finally
        {
            abandon.CancelAfter(FlushTime);
            Array.ForEach(workers, w => w.Close());

            // A sink that blocks (nobody reads our standard output) must not keep the agent alive.
            await Task.WhenAny(Task.WhenAll(shipping), Task.Delay(FlushTime + BlockedTime, _time, CancellationToken.None));
        }

        await Task.WhenAll(shipping.Where(s => s.IsFaulted));
        return _counters.Report(workers);
    }

    private void Collect(HostIdentity host, SinkWorker[] workers, Action<HostIdentity> ready, CancellationToken stop)
    {
        using var probes = ProbeSet.Load(options, report);
        var lastNumber = probes.StartNumbers();
        var clock = BootClock.Read();
        var users = new UserNames("/etc/passwd");
        var processes = new ProcessTable();
        var proc = new ProcFiles("/proc");
        var enricher = new Enricher(host, clock, users, processes, proc);
        var filter = new EventFilter(options);
        var packer = new FramePacker();
        var lanes = Enum.GetValues<Lane>().ToDictionary(
            lane => lane, lane => new LaneBatcher(host, lane, clock, options, _time, lastNumber));

        probes.Watch.Refresh();
        using var intake = probes.OpenRings();
        probes.Attach();
        ProcessSnapshot.Fill(probes.Processes(), processes, proc, users);
        report($"watching {probes.Watch.Watched} files and folders ({probes.Watch.Missing} not there yet), "
            + $"{options.ExcludedNetworks.Count} networks excluded, {processes.Count} processes known");
        ready(host);

        var lastRefresh = _time.GetTimestamp();
        var more = false;
        while (!stop.IsCancellationRequested)
        {
            intake.Wait(more ? 0 : PollMilliseconds);
            more = Pass(final: false);
            if (_time.GetElapsedTime(lastRefresh) >= options.WatchRescan)
            {
                probes.Watch.Refresh();
                lastRefresh = _time.GetTimestamp();
            }
        }

        probes.Detach();
        Pass(final: true);
        _counters.ProcessEvictions = processes.Evictions;

        // True when there may be more records at once.
        bool Pass(bool final)
        {
            // Asked before the rings are drained: numbers given up to here are in the rings now, or lost.
            var given = lanes.Keys.ToDictionary(lane => lane, probes.LaneState);
            var taken = 0;
            for (; (final || taken < RecordsPerPass) && intake.TryTake(out var record); taken++)
            {
                if (RecordParser.Parse(record, out var parsed) is var fault and not ParseFault.None)
                {
                    RejectRecord(record, fault, lanes);
                    continue;
                }

                var e = enricher.Enrich(parsed!);
                _counters.Seen++;
                if (filter.Passes(e))
                {
                    lanes[e.Lane].Add(e);
                }
                else
                {
                    lanes[e.Lane].Skip(e.Sequence);
                    _counters.Filtered++;
                }
            }

            foreach (var (lane, batcher) in lanes)
            {
                if (final || intake.IsDrained(lane))
                {
                    batcher.KernelGave(given[lane].LastSequence);
                }

                _counters.LostInKernel[(int)lane] = (long)given[lane].Lost;
                foreach (var batch in batcher.TakeDue(final).SelectMany(packer.Pack))
                {
                    foreach (var worker in workers)
                    {
                        worker.Enqueue(batch);
                    }
                }
            }

            return taken == RecordsPerPass;
        }
    }

    /// <summary>A record that is not one: counted, shown in full, and its number listed as lost.</summary>
    private void RejectRecord(ReadOnlySpan<byte> record, ParseFault fault, Dictionary<Lane, LaneBatcher> lanes)
    {
        _counters.Unparsed++;
        report($"a kernel record cannot be parsed ({fault}): {Convert.ToHexString(record)}");
        if (RecordParser.TryReadNumber(record, out var lane, out var sequence))
        {
            lanes[lane].Lose(sequence, LossCause.Unparsed);
        }
    }
}
