using EdgeAgent.Batching;
using EdgeAgent.Options;
using EdgeAgent.Spool;
using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>The workers of all sinks: every batch goes to each of them.</summary>
internal sealed class SinkWorkers : IDisposable
{
    /// <summary>Time that is left for shipping after the end was asked for.</summary>
    internal static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(2);

    /// <summary>Time after that in which a sink has to notice that it was cancelled.</summary>
    private static readonly TimeSpan BlockedTime = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _abandon = new();
    private readonly HashSet<Lane> _handed = [];
    private readonly DiskSpool? _spool;
    private readonly TimeProvider _time;
    private readonly SinkWorker[] _workers;
    private readonly Task[] _running;

    /// <param name="sinks">Where batches go.</param>
    /// <param name="options">How much may wait, and how long.</param>
    /// <param name="spool">The disk, for the one sink that is spooled; null = all wait in memory.</param>
    /// <param name="time">Clock.</param>
    /// <param name="report">Receives a line for each change of state; must be thread-safe.</param>
    internal SinkWorkers(IEnumerable<IRecordSink> sinks, AgentOptions options, DiskSpool? spool, TimeProvider time, Action<string> report)
    {
        (_time, _spool) = (time, spool);
        _workers = [.. sinks.Select(sink => Worker(sink, sink.IsSpooled ? spool : null))];
        _running = [.. _workers.Select(worker => Task.Run(() => worker.RunAsync(_abandon.Token), CancellationToken.None))];

        SinkWorker Worker(IRecordSink sink, DiskSpool? disk) =>
            new(sink, new DeliveryQueue(options.SpoolBytes, options.SpoolAge, time, disk, sink.IsSpooled), time, report, disk);
    }

    /// <summary>Ends when a worker ends, which before <see cref="EndAsync"/> only an exception can make it do.</summary>
    internal Task AnyEnded => Task.WhenAny(_running);

    /// <summary>How each sink is. Thread-safe.</summary>
    internal IReadOnlyList<SinkStatus> Status => [.. _workers.Select(worker => worker.Status)];

    /// <summary>Hands a batch over; never blocks.</summary>
    internal void Enqueue(Batch batch)
    {
        _handed.Add(batch.Lane);
        Array.ForEach(_workers, worker => worker.Enqueue(batch));
    }

    /// <summary>
    /// The last number of a lane up to which everything that was handed over is on disk, delivered, or told as lost. Where nothing was handed over
    /// yet, there is nothing to wait for. Asked by the thread that hands over.
    /// </summary>
    internal ulong DurableTo(Lane lane) => _handed.Contains(lane) ? _workers.Min(worker => worker.DurableTo(lane)) : ulong.MaxValue;

    /// <summary>True while frames wait for every sink: who reads one that keeps up is not kept waiting.</summary>
    internal bool AreBehind => Array.TrueForAll(_workers, worker => worker.IsBehind);

    /// <summary>Does not wait with the disk for more to come.</summary>
    internal void Hurry() => _spool?.Hurry();

    /// <summary>Ships what waits, for <see cref="FlushTime"/> at most.</summary>
    internal async Task EndAsync()
    {
        _abandon.CancelAfter(FlushTime);
        Array.ForEach(_workers, worker => worker.Close());

        // A sink that blocks (nobody reads our standard output) must not keep the agent alive.
        await Task.WhenAny(Task.WhenAll(_running), Task.Delay(FlushTime + BlockedTime, _time, CancellationToken.None));
    }

    /// <summary>What each sink took.</summary>
    /// <exception cref="Exception">The exception with which a worker ended.</exception>
    internal async Task<IReadOnlyList<SinkReport>> ReportAsync()
    {
        await Task.WhenAll(_running.Where(worker => worker.IsFaulted));
        return [.. _workers.Select(w => new SinkReport(w.Name, w.DeliveredEvents, w.DroppedEvents, w.WaitingEvents - w.KeptEvents, w.KeptEvents))];
    }

    public void Dispose() => _abandon.Dispose();
}
