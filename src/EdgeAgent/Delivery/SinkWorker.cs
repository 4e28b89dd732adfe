using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Health;
using EdgeAgent.Spool;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Delivery;

/// <summary>
/// Last stage, one per sink: ships batches one after the other and retries until the sink takes them. A sink that fails holds up
/// nobody else. What goes wrong is reported when it begins, when its reason changes and when it is over.
/// </summary>
/// <param name="sink">Where batches go.</param>
/// <param name="queue">Where they wait.</param>
/// <param name="time">Clock.</param>
/// <param name="report">Receives a line for each change of state.</param>
/// <param name="spool">The disk behind the queue; null = there is none.</param>
internal sealed class SinkWorker(IRecordSink sink, DeliveryQueue queue, TimeProvider time, Action<string> report, DiskSpool? spool = null)
{
    /// <summary>Longest rest between attempts once closed.</summary>
    private static readonly TimeSpan LastRest = TimeSpan.FromMilliseconds(200);

    /// <summary>Most characters of a reason that are shown.</summary>
    private const int LongestReason = 1000;

    private readonly BackoffPolicy _backoff = new(Random.Shared.NextDouble);
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _trouble = "";
    private volatile Change _change = new("", "", 0);

    /// <summary>Events that were dropped: the queue was full, or the sink refused them.</summary>
    internal long DroppedEvents => queue.DroppedEvents;

    /// <summary>Events that the sink has not taken yet.</summary>
    internal long WaitingEvents => queue.WaitingEvents;

    /// <summary>Of these, events that will be there when the agent starts again.</summary>
    internal long KeptEvents => queue.KeptEvents;

    /// <summary>True while more frames wait than a sink that answers leaves.</summary>
    internal bool IsBehind => queue.IsBehind;

    /// <summary>Events that the sink took.</summary>
    internal long DeliveredEvents { get; private set; }

    /// <summary>Name of the sink.</summary>
    internal string Name => sink.Name;

    /// <summary>How the sink is, and what waits for it. Thread-safe.</summary>
    internal SinkStatus Status
    {
        get
        {
            var (change, (bytes, frames, oldest)) = (_change, queue.Waiting);
            return new SinkStatus(
                new SinkHealth
                {
                    Name = ShortText.Of(sink.Name),
                    Trouble = ShortText.Of(change.Trouble),
                    SinceBootNs = change.SinceBootNs,
                    Delivered = (ulong)DeliveredEvents,
                    Dropped = (ulong)DroppedEvents,
                    BacklogBytes = (ulong)bytes,
                    BacklogFrames = (ulong)frames,
                    OldestMs = (ulong)oldest.TotalMilliseconds,
                    Spool = spool is null ? SpoolState.None : spool.IsDurable ? SpoolState.Disk : SpoolState.Memory,
                },
                change.Reason);
        }
    }

    /// <summary>The last number of a lane up to which everything that was handed over is on disk, delivered, or told as lost. 0 = nothing.</summary>
    internal ulong DurableTo(Lane lane) => queue.DurableTo(lane);

    /// <summary>Hands a batch over; never blocks.</summary>
    internal void Enqueue(Batch batch) => queue.Enqueue(batch);

    /// <summary>No more batches will come: <see cref="RunAsync"/> ends when all are shipped.</summary>
    internal void Close()
    {
        _closing.TrySetResult();
        queue.Wake();
    }

    /// <summary>Ships until closed and empty, or cancelled; what earlier lives left first.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        if (spool is null)
        {
            await ShipAllAsync(cancellation);
            return;
        }

        queue.Start();
        using var over = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = spool.RunAsync(over.Token);
        var shipping = ShipAllAsync(stop.Token);
        await Task.WhenAny(writing, shipping);
        await stop.CancelAsync();
        await over.CancelAsync();
        await Task.WhenAll(writing, shipping);
    }

    private async Task ShipAllAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (queue.Begin() is not { } batch)
                {
                    if (_closing.Task.IsCompleted)
                    {
                        return;
                    }

                    await queue.WaitAsync(cancellation);
                    continue;
                }

                await ShipAsync(batch, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The caller reports what is left in WaitingEvents.
        }
    }

    private async Task ShipAsync(Batch batch, CancellationToken cancellation)
    {
        var outcome = await sink.ShipAsync(batch, cancellation);
        ReportChange(outcome);
        switch (outcome.Result)
        {
            case ShipResult.Delivered:
                queue.Complete(delivered: true);
                DeliveredEvents += batch.EventCount;
                _backoff.Reset();
                break;
            case ShipResult.Refused:
                queue.Complete(delivered: false);
                break;
            default:
                await RestAsync(cancellation);
                break;
        }
    }

    /// <summary>A rest that closing cuts short: what waits then gets its last attempts before the time is over.</summary>
    private async Task RestAsync(CancellationToken cancellation)
    {
        var rest = _backoff.Next();
        if (_closing.Task.IsCompleted)
        {
            await Task.Delay(rest < LastRest ? rest : LastRest, time, cancellation);
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(Task.Delay(rest, time, over.Token), _closing.Task);
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private void ReportChange(ShipOutcome outcome)
    {
        if (outcome.State == _trouble)
        {
            return;
        }

        // A remote answer is not ours: it may hold anything, and at any length.
        var reason = SafeText.Escape(outcome.Reason.Length > LongestReason ? outcome.Reason[..LongestReason] + "…" : outcome.Reason);
        report(outcome.Result switch
        {
            ShipResult.Delivered => $"{sink.Name}: works again, {WaitingEvents} events waiting",
            ShipResult.Retry => $"{sink.Name}: {reason}; {WaitingEvents} events wait, trying again",
            _ => $"{sink.Name}: refused {reason}; the events are counted as lost",
        });
        _trouble = outcome.State;
        _change = new Change(outcome.State, reason, BootClock.NowNs());
    }

    /// <summary>The last change of state.</summary>
    private sealed record Change(string Trouble, string Reason, ulong SinceBootNs);
}
