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
    private readonly Dictionary<Lane, LinkedList<Batch>> _lanes = new() { [Lane.High] = new(), [Lane.Bulk] = new() };
    private readonly Dictionary<Lane, IReadOnlyList<LostRange>> _owed = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private LinkedListNode<Batch>? _inFlight;
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
                return _lanes.Values.Sum(lane => lane.Sum(b => (long)b.Frame.Events.Count));
            }
        }
    }

    /// <summary>Adds a batch; never blocks, never fails.</summary>
    internal void Enqueue(Batch batch)
    {
        lock (_lock)
        {
            var payed = PayDebt(batch);
            _lanes[batch.Frame.Lane].AddLast(payed);
            _bytes += payed.Bytes.Length;
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
            return _inFlight?.Value;
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

    private LinkedListNode<Batch>? OldestDroppable() => Oldest(Lane.Bulk) ?? Oldest(Lane.High);

    /// <summary>The oldest batch of a lane that is neither being shipped nor the newest, which carries the account of the others.</summary>
    private LinkedListNode<Batch>? Oldest(Lane lane)
    {
        var node = _lanes[lane].First;
        node = node is not null && node == _inFlight ? node.Next : node;
        return node?.Next is null ? null : node;
    }

    private void Drop(LinkedListNode<Batch> node)
    {
        var frame = node.Value.Frame;
        var next = node.Next;
        Remove(node);
        DroppedEvents += frame.Events.Count;
        _owed[frame.Lane] = [.. _owed.GetValueOrDefault(frame.Lane, []), new LostRange(frame.Range, LossCause.Spool)];
        if (next is not null)
        {
            _bytes -= next.Value.Bytes.Length;
            next.Value = PayDebt(next.Value);
            _bytes += next.Value.Bytes.Length;
        }
    }

    private void Remove(LinkedListNode<Batch> node)
    {
        node.List!.Remove(node);
        _bytes -= node.Value.Bytes.Length;
    }

    /// <summary>Writes what was dropped into the next batch of the lane: its range begins where the first dropped one began.</summary>
    private Batch PayDebt(Batch batch)
    {
        var frame = batch.Frame;
        if (!_owed.Remove(frame.Lane, out var owed))
        {
            return batch;
        }

        // A frame that repeats late numbers has its range inside an earlier one; only what lies before this frame can be put into it.
        var before = owed.Where(l => l.Range.Last < frame.Range.First).OrderBy(l => l.Range.First).ToList();
        if (before.Count < owed.Count)
        {
            _owed[frame.Lane] = [.. owed.Except(before)];
        }

        if (before.Count == 0)
        {
            return batch;
        }

        return _packer.Pack(new Frame
        {
            Host = frame.Host,
            Lane = frame.Lane,
            Range = new SequenceRange(before[0].Range.First, frame.Range.Last),
            BootTimeUnixNs = frame.BootTimeUnixNs,
            Events = frame.Events,
            Lost = [.. LostRanges.Join(before), .. frame.Lost],
        }).Single();
    }
}
