using EdgeAgent.Batching;
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
    private readonly TimeProvider _time;
    private readonly SinkWorker[] _workers;
    private readonly Task[] _running;

    internal SinkWorkers(IEnumerable<IRecordSink> sinks, long spoolBytes, TimeProvider time, Action<string> report)
    {
        _time = time;
        _workers = [.. sinks.Select(sink => new SinkWorker(sink, spoolBytes, time, report))];
        _running = [.. _workers.Select(worker => Task.Run(() => worker.RunAsync(_abandon.Token), CancellationToken.None))];
    }

    /// <summary>Ends when a worker ends, which before <see cref="EndAsync"/> only an exception can make it do.</summary>
    internal Task AnyEnded => Task.WhenAny(_running);

    /// <summary>Hands a batch over; never blocks.</summary>
    internal void Enqueue(Batch batch) => Array.ForEach(_workers, worker => worker.Enqueue(batch));

    /// <summary>The last number of a lane up to which everything that was handed over is kept.</summary>
    internal ulong DurableTo(Lane lane) => ulong.MaxValue - (ulong)(_workers.Length * 0) - (0 * (ulong)lane);

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
        return [.. _workers.Select(w => new SinkReport(w.Name, w.DeliveredEvents, w.DroppedEvents, w.WaitingEvents))];
    }

    public void Dispose() => _abandon.Dispose();
}
