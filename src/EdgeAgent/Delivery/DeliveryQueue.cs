using System.Threading.Channels;
using EdgeAgent.Batching;
using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>
/// Batches that wait for one sink, bounded in bytes. When it is full the oldest bulk batch goes first, high-value batches last;
/// the numbers of a dropped batch are listed as lost in the next batch of its lane. Thread-safe.
/// </summary>
internal sealed class DeliveryQueue(long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly FramePacker _packer = new();
    private readonly Dictionary<Lane, LinkedList<Waiting>> _lanes = new() { [Lane.High] = new(), [Lane.Bulk] = new() };
    private readonly Dictionary<Lane, ulong> _reached = [];

    // One range is enough: what is dropped joins what was dropped before it.
    private readonly Dictionary<Lane, SequenceRange> _owed = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private LinkedListNode<Waiting>? _inFlight;
    private long _bytes;

    /// <summary>Events that were dropped because the queue was full or the sink refused them.</summary>
    internal long DroppedEvents { get; private set; }

    /// <summary>Events that wait.</summary>
    internal long WaitingEvents
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Values.Sum(lane => lane.Sum(w => (long)w.Batch.EventCount));
            }
        }
    }

    /// <summary>Adds a batch; never blocks, never fails.</summary>
    internal void Enqueue(Batch batch)
    {
        lock (_lock)
        {
            var reached = _reached.GetValueOrDefault(batch.Lane);
            if (batch.Range.First <= reached)
            {
                Append(batch, isRepeat: true);
            }
            else
            {
                foreach (var part in PayDebt(batch))
                {
                    Append(part, isRepeat: false);
                }

                _reached[batch.Lane] = batch.Range.Last;
            }

            while (_bytes > maxBytes && OldestDroppable() is { } node)
            {
                Drop(node);
            }
        }

        Wake();
    }

    /// <summary>The batch to ship now: high-value first, else the oldest. It stays in the queue until <see cref="Complete"/>.</summary>
    internal Batch? Begin()
    {
        lock (_lock)
        {
            _inFlight = _lanes[Lane.High].First ?? _lanes[Lane.Bulk].First;
            return _inFlight?.Value.Batch;
        }
    }

    /// <summary>The batch of <see cref="Begin"/> left the agent, or the sink will never take it.</summary>
    internal void Complete(bool delivered)
    {
        lock (_lock)
        {
            if (_inFlight is { } node && delivered)
            {
                Remove(node);
            }
            else if (_inFlight is { } refused)
            {
                Drop(refused);
            }

            _inFlight = null;
        }
    }

    /// <summary>Waits until something was added since the last wait, or <see cref="Wake"/> was called.</summary>
    internal async Task WaitAsync(CancellationToken cancellation) => await _signal.Reader.ReadAsync(cancellation);

    /// <summary>Ends a wait.</summary>
    internal void Wake() => _signal.Writer.TryWrite(true);

    private LinkedListNode<Waiting>? OldestDroppable() => Oldest(Lane.Bulk) ?? Oldest(Lane.High);

    /// <summary>The oldest batch of a lane that is neither being shipped nor the newest, which carries the account of the others.</summary>
    private LinkedListNode<Waiting>? Oldest(Lane lane)
    {
        var node = _lanes[lane].First;
        node = node is not null && node == _inFlight ? node.Next : node;
        return node?.Next is null ? null : node;
    }

    private void Drop(LinkedListNode<Waiting> node)
    {
        var (list, next, isRepeat, batch) = (node.List!, node.Next, node.Value.IsRepeat, node.Value.Batch);
        Remove(node);
        DroppedEvents += batch.EventCount;
        if (isRepeat || batch.Range.Count == 0)
        {
            return;
        }

        _owed[batch.Lane] = batch.Range with { First = _owed.TryGetValue(batch.Lane, out var owed) ? owed.First : batch.Range.First };
        while (next is { Value.IsRepeat: true })
        {
            next = next.Next;
        }

        if (next is not null)
        {
            foreach (var part in PayDebt(next.Value.Batch))
            {
                list.AddBefore(next, new Waiting(part, IsRepeat: false));
                _bytes += part.Bytes.Length;
            }

            Remove(next);
        }
    }

    private void Append(Batch batch, bool isRepeat)
    {
        _lanes[batch.Lane].AddLast(new Waiting(batch, isRepeat));
        _bytes += batch.Bytes.Length;
    }

    private void Remove(LinkedListNode<Waiting> node)
    {
        node.List!.Remove(node);
        _bytes -= node.Value.Batch.Bytes.Length;
    }

    /// <summary>Writes what was dropped into the next batch of the lane: its range begins where the first dropped one began.</summary>
    private IReadOnlyList<Batch> PayDebt(Batch batch)
    {
        if (!_owed.Remove(batch.Lane, out var owed))
        {
            return [batch];
        }

        var frame = batch.Decode();

        // The account makes the frame a little larger: where it was as large as it may be, it is divided.
        return _packer.Pack(new Frame
        {
            Host = frame.Host,
            Lane = frame.Lane,
            Range = frame.Range with { First = owed.First },
            BootTimeUnixNs = frame.BootTimeUnixNs,
            Events = frame.Events,
            Lost = LostRanges.Join([new LostRange(owed, LossCause.Spool), .. frame.Lost]),
            Progress = frame.Progress,
        });
    }

    /// <param name="Batch">What waits.</param>
    /// <param name="IsRepeat">
    /// True for a late event, whose number an earlier frame told as lost: to drop it loses no account, and it cannot carry that of others.
    /// </param>
    private sealed record Waiting(Batch Batch, bool IsRepeat);
}
