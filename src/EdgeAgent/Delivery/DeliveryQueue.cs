using System.Threading.Channels;
using EdgeAgent.Batching;
using EdgeAgent.Spool;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>
/// Batches that wait for one sink, bounded in bytes and age, in memory or in a spool. When it is full the oldest bulk batch goes first, high-value
/// batches last; the numbers of a dropped batch are listed as lost in the next batch of its lane. Thread-safe.
/// </summary>
/// <param name="maxBytes">Most bytes of frames.</param>
/// <param name="maxAge">Longest wait; null = without end.</param>
/// <param name="time">Clock for the age.</param>
/// <param name="spool">Where batches are kept; null = in memory only.</param>
/// <param name="isChained">Whether each frame names the one that was delivered before it (<c>docs/decisions/0018-chained-frames.md</c>).</param>
internal sealed class DeliveryQueue(long maxBytes, TimeSpan? maxAge = null, TimeProvider? time = null, DiskSpool? spool = null, bool isChained = false)
{
    /// <summary>Frames that wait although all is well: a second of a busy host, one after the other.</summary>
    private const int MostAtHand = 8;

    private readonly Lock _lock = new();
    private readonly FramePacker _packer = new();
    private readonly Backlog _backlog = new(spool is null ? null : spool.Release);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly FrameChain? _chain = isChained ? new() : null;
    private WaitingBatch? _inFlight;
    private Batch? _shipped;
    private ulong _lastId;

    /// <summary>Events that were dropped because the queue was full or the sink refused them.</summary>
    internal long DroppedEvents
    {
        get
        {
            lock (_lock)
            {
                return _backlog.DroppedEvents;
            }
        }
    }

    /// <summary>True while more frames wait than a sink that answers leaves: what is made meanwhile may as well be larger.</summary>
    internal bool IsBehind
    {
        get
        {
            lock (_lock)
            {
                return _backlog.Frames > MostAtHand;
            }
        }
    }

    /// <summary>What waits: bytes of frames, frames, and how long the oldest has waited.</summary>
    internal (long Bytes, int Frames, TimeSpan Oldest) Waiting
    {
        get
        {
            lock (_lock)
            {
                // A clock that was set back makes nothing younger than new.
                var age = _backlog.OldestUnixMs is { } oldest ? Math.Max(0, _time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) : 0;
                return (_backlog.Bytes, _backlog.Frames, TimeSpan.FromMilliseconds(age));
            }
        }
    }

    /// <summary>Events that wait.</summary>
    internal long WaitingEvents => Count(_ => true);

    /// <summary>Of these, events that will be there when the agent starts again.</summary>
    internal long KeptEvents => Count(batch => batch.Record?.Place is not null);

    /// <summary>Reads what the spool has from before.</summary>
    internal void Start() => spool?.Start(AddEarlier);

    /// <summary>
    /// The last number of a lane up to which all that was added to the spool in this life, or the account of its loss, is on disk or delivered: so
    /// far the kernel's buffer may forget it. 0 = nothing.
    /// </summary>
    internal ulong DurableTo(Lane lane)
    {
        lock (_lock)
        {
            return _backlog.DurableTo(lane);
        }
    }

    /// <summary>Adds a batch; never blocks, never fails.</summary>
    internal void Enqueue(Batch batch)
    {
        lock (_lock)
        {
            var lane = _backlog.Lane(batch.Lane);
            var waiting = new WaitingBatch(
                new BatchFacts
                {
                    Id = ++_lastId,
                    HostId = batch.HostId,
                    BootId = batch.BootId,
                    BootTimeUnixNs = batch.BootTimeUnixNs,
                    Lane = batch.Lane,
                    Range = batch.Range,
                    LaneFirst = lane.First > 0 ? lane.First : batch.Range.First,
                    EventCount = batch.EventCount,
                    FrameBytes = batch.Bytes.Length,
                    AddedUnixMs = _time.GetUtcNow().ToUnixTimeMilliseconds(),
                    IsRepeat = batch.Range.First <= lane.Reached,
                },
                batch);
            _backlog.Add(waiting);
            spool?.Add(waiting);
            Evict();
        }

        Wake();
    }

    /// <summary>
    /// The batch to ship now: the oldest high-value one of all lives, else the oldest. Once it was begun it is the same one, byte for byte, until
    /// <see cref="Complete"/>: the sink may have it. For one worker.
    /// </summary>
    internal Batch? Begin()
    {
        while (true)
        {
            lock (_lock)
            {
                Evict();
                _inFlight = _backlog.Begin()?.Value;
            }

            if (_inFlight is null || _shipped is not null)
            {
                return _shipped;
            }

            if (Prepare(_inFlight))
            {
                lock (_lock)
                {
                    _shipped = _chain?.Link(_inFlight.Ready!) ?? _inFlight.Ready;
                }

                spool?.Begin(_inFlight);
                return _shipped;
            }
        }
    }

    /// <summary>The batch of <see cref="Begin"/> left the agent, or the sink will never take it.</summary>
    internal void Complete(bool delivered)
    {
        if (_inFlight is not { } batch || _shipped is not { } shipped)
        {
            return;
        }

        (_inFlight, _shipped) = (null, null);
        bool isInOrder, isDone;
        IReadOnlyList<ChainTip> tips;
        lock (_lock)
        {
            isInOrder = _backlog.IsInOrder;
            if (delivered)
            {
                _backlog.TakeShipped();
                _chain?.Delivered(shipped);
            }

            isDone = delivered || _backlog.DropShipped();
            tips = _chain?.Tips ?? [];
        }

        if (isDone && spool is not null && batch.Record is { } record)
        {
            spool.Done(record, isInOrder, tips);
            batch.Holds.ForEach(spool.Release);
        }
    }

    /// <summary>Waits until something was added since the last wait, or <see cref="Wake"/> was called.</summary>
    internal async Task WaitAsync(CancellationToken cancellation) => await _signal.Reader.ReadAsync(cancellation);

    /// <summary>Ends a wait.</summary>
    internal void Wake() => _signal.Writer.TryWrite(true);

    private void AddEarlier(IReadOnlyList<StoredBatch> batches, DeliveryCursor cursor)
    {
        lock (_lock)
        {
            _chain?.Restore(cursor.Tips);
            foreach (var life in batches.GroupBy(batch => batch.Facts.Life).OrderBy(life => life.Key))
            {
                _backlog.AddEarlier(life, cursor);
            }

            Evict();
        }

        Wake();
    }

    private void Evict() => _backlog.Evict(
        maxBytes, maxAge is { } age ? _time.GetUtcNow().ToUnixTimeMilliseconds() - (long)age.TotalMilliseconds : long.MinValue);

    private long Count(Func<WaitingBatch, bool> counts)
    {
        lock (_lock)
        {
            return _backlog.All.Where(counts).Sum(batch => (long)batch.EventCount);
        }
    }

    /// <summary>Makes ready what is to be shipped: the bytes, and in them the account of what was dropped.</summary>
    /// <returns>False when something else is to be shipped now.</returns>
    private bool Prepare(WaitingBatch batch)
    {
        if (batch.Ready is not null && batch.Owed is null)
        {
            return true;
        }

        var bytes = (batch.Ready ?? batch.InMemory)?.Bytes ?? spool?.Read(batch) ?? ReadOnlyMemory<byte>.Empty;
        lock (_lock)
        {
            var paid = bytes.IsEmpty ? [] : PayDebt(batch, bytes);
            switch (paid.Count)
            {
                case 0:
                    _backlog.DropShipped();
                    return false;
                case 1:
                    (batch.Ready, batch.Owed) = (paid[0], null);
                    return true;
                default:
                    _backlog.Divide([.. paid.Select((part, i) => new WaitingBatch(
                        batch.Facts with { Range = part.Range, EventCount = part.EventCount, FrameBytes = part.Bytes.Length }, null)
                    {
                        Ready = part, IsPart = true, Record = i == paid.Count - 1 ? batch.Record : null, Holds = i == paid.Count - 1 ? batch.Holds : [],
                    })]);
                    return false;
            }
        }
    }

    /// <summary>
    /// Writes what was dropped into the next batch of the lane: its range begins where the first dropped one began. Several when it is too large
    /// with that; empty when the bytes are no frame that this agent knows.
    /// </summary>
    private IReadOnlyList<Batch> PayDebt(WaitingBatch batch, ReadOnlyMemory<byte> bytes)
    {
        if (batch.Owed is null && bytes.Length <= FramePacker.MaxBytes)
        {
            return [batch.Facts.With(bytes)];
        }

        if (!FrameDecoder.TryDecode(bytes.Span, out var frame, out _))
        {
            return [];
        }

        // The account makes the frame a little larger: where it was as large as it may be, it is divided. So is one of an agent that linked none.
        return _packer.Pack(new Frame
        {
            Host = frame.Host,
            Lane = frame.Lane,
            Range = frame.Range with { First = batch.Owed?.First ?? frame.Range.First },
            BootTimeUnixNs = frame.BootTimeUnixNs,
            Events = frame.Events,
            Lost = batch.Owed is { } owed ? LostRanges.Join([new LostRange(owed, LossCause.Spool), .. frame.Lost]) : frame.Lost,
            Progress = frame.Progress,
            Heartbeat = frame.Heartbeat,
        });
    }
}
