using EdgeAgent.Batching;
using Wire.Text;

namespace EdgeAgent.Delivery;

/// <summary>
/// Last stage, one per sink: ships batches one after the other and retries until the sink takes them. A sink that fails holds up
/// nobody else. What goes wrong is reported when it begins, when its reason changes and when it is over.
/// </summary>
internal sealed class SinkWorker(IRecordSink sink, long spoolBytes, TimeProvider time, Action<string> report)
{
    /// <summary>Longest rest between attempts once closed.</summary>
    private static readonly TimeSpan LastRest = TimeSpan.FromMilliseconds(200);

    /// <summary>Most characters of a reason that are shown.</summary>
    private const int LongestReason = 1000;

    private readonly DeliveryQueue _queue = new(spoolBytes);
    private readonly BackoffPolicy _backoff = new(Random.Shared.NextDouble);
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _trouble = "";

    /// <summary>Events that were dropped: the queue was full, or the sink refused them.</summary>
    internal long DroppedEvents => _queue.DroppedEvents;

    /// <summary>Events that the sink has not taken yet.</summary>
    internal long WaitingEvents => _queue.WaitingEvents;

    /// <summary>Events that the sink took.</summary>
    internal long DeliveredEvents { get; private set; }

    /// <summary>Name of the sink.</summary>
    internal string Name => sink.Name;

    /// <summary>Hands a batch over; never blocks.</summary>
    internal void Enqueue(Batch batch) => _queue.Enqueue(batch);

    /// <summary>No more batches will come: <see cref="RunAsync"/> ends when all are shipped.</summary>
    internal void Close()
    {
        _closing.TrySetResult();
        _queue.Wake();
    }

    /// <summary>Ships until closed and empty, or cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                if (_queue.Begin() is not { } batch)
                {
                    if (_closing.Task.IsCompleted)
                    {
                        return;
                    }

                    await _queue.WaitAsync(cancellation);
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
                _queue.Complete(delivered: true);
                DeliveredEvents += batch.EventCount;
                _backoff.Reset();
                break;
            case ShipResult.Refused:
                _queue.Complete(delivered: false);
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
        if (outcome.Reason == _trouble)
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
        _trouble = outcome.Reason;
    }
}
