using EdgeAgent.Delivery;
using EdgeAgent.Enrichment;
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
/// <param name="reload">Tells when the options were changed; null = they hold until the end.</param>
public sealed class AgentPipeline(AgentOptions options, IReadOnlyList<IRecordSink> sinks, Action<string> report, OptionsReload? reload = null)
{
    /// <summary>Probes that this process loaded and attached before; null = they are loaded when it starts.</summary>
    internal KernelHandles? Handles { get; init; }

    /// <summary>Records after which frames are made and a stop is noticed, also while a flood goes on.</summary>
    private const int RecordsPerPass = 4096;

    /// <summary>Longest rest of the intake thread; bulk records do not wake it.</summary>
    private const int PollMilliseconds = 20;

    private readonly AgentCounters _counters = new();

    /// <summary>Runs until cancelled, then flushes for 2 s at most.</summary>
    /// <param name="ready">Called once, when the probes are attached and events flow.</param>
    /// <param name="stop">Asks for the end.</param>
    /// <exception cref="ProbeException">The probes cannot run here.</exception>
    /// <returns>What was done, and what could not be delivered.</returns>
    public async Task<AgentReport> RunAsync(Action<HostIdentity> ready, CancellationToken stop)
    {
        var host = await HostIdentityReader.ReadAsync(options, report, stop);
        using var workers = new SinkWorkers(sinks, options.SpoolBytes, TimeProvider.System, report);
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
        using var stages = new HostStages(options, host, TimeProvider.System, report, reload, Handles);
        ready(host);
        var more = false;
        while (!stop.IsCancellationRequested)
        {
            stages.Intake.Wait(more ? 0 : PollMilliseconds);
            more = Pass(stages, workers, final: false);
            stages.Refresh();
            stages.HookTest.Step();
            stages.LeftOut.Step();
        }

        stages.Probes.Detach();
        Pass(stages, workers, final: true);
        _counters.ProcessEvictions = stages.ProcessEvictions;
    }

    /// <summary>Takes what is in the rings through all stages.</summary>
    /// <returns>True when there may be more records at once.</returns>
    private bool Pass(HostStages stages, SinkWorkers workers, bool final)
    {
        // Asked before the rings are drained: numbers given up to here are in the rings now, or lost.
        var given = Ask(stages);
        var taken = 0;
        for (; (final || taken < RecordsPerPass) && stages.Intake.TryTake(out var record); taken++)
        {
            var fault = RecordParser.Parse(record, out var parsed);
            if (fault != ParseFault.None)
            {
                Reject(record, fault, stages);
                continue;
            }

            var e = stages.Enricher.Enrich(parsed!);
            _counters.Seen++;
            if (!stages.HookTest.Takes(e) && !stages.IsOwnStart(e) && stages.Filter.Passes(e))
            {
                stages.Lanes[e.Lane].Add(e);
            }
            else
            {
                stages.Lanes[e.Lane].Skip(e.Sequence);
                _counters.Filtered++;
            }
        }

        foreach (var (lane, batcher) in stages.Lanes)
        {
            if (final || stages.Intake.IsDrained(lane))
            {
                batcher.KernelGave(given[lane].LastSequence);
            }

            _counters.LostInKernel[(int)lane] = (long)given[lane].Lost;
            foreach (var batch in batcher.TakeDue(final).SelectMany(stages.Packer.Pack))
            {
                workers.Enqueue(batch);
            }
        }

        return taken == RecordsPerPass;
    }

    /// <summary>What the kernel has given in each lane, asked after the clock.</summary>
    private static Dictionary<Lane, (ulong LastSequence, ulong Lost)> Ask(HostStages stages)
    {
        var asked = BootClock.NowNs();
        var given = stages.Lanes.Keys.ToDictionary(lane => lane, stages.Probes.LaneState);
        foreach (var (lane, (last, _)) in given)
        {
            stages.Progress.KernelGave(lane, last, asked);
        }

        return given;
    }

    /// <summary>A record that is not one: counted, shown in full, and its number listed as lost.</summary>
    private void Reject(ReadOnlySpan<byte> record, ParseFault fault, HostStages stages)
    {
        _counters.Unparsed++;
        report($"a kernel record cannot be parsed ({fault}): {Convert.ToHexString(record)}");
        if (RecordParser.TryReadNumber(record, out var lane, out var sequence))
        {
            stages.Lanes[lane].Lose(sequence, LossCause.Unparsed);
        }
    }
}
