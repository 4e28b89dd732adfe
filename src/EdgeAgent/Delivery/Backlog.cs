using EdgeAgent.Batching;
using EdgeAgent.Spool;
using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>
/// The law of what waits: the order in which it is shipped, what is dropped when it is too much, and who tells that. The numbers of a dropped
/// batch are told as lost by the next batch of its lane and life; where none will come, by one that says nothing else. Guarded by the queue.
/// </summary>
/// <param name="release">Told of each batch whose record need not be kept; null = there are no records.</param>
internal sealed partial class Backlog(Action<WaitingBatch>? release)
{
    private readonly List<SortedDictionary<Lane, LaneBacklog>> _lives = [[]];
    private readonly FramePacker _packer = new();
    private LinkedListNode<WaitingBatch>? _inFlight;

    /// <summary>Bytes of frames that wait.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Frames that wait.</summary>
    internal int Frames { get; private set; }

    /// <summary>When the oldest of them was added, Unix time in ms; null when none waits.</summary>
    internal long? OldestUnixMs => _lives
        .SelectMany(life => life.Values)
        .Select(lane => lane.Batches.First?.Value.Facts.AddedUnixMs)
        .Min();

    /// <summary>Events of batches that were dropped.</summary>
    internal long DroppedEvents { get; private set; }

    /// <summary>All that waits.</summary>
    internal IEnumerable<WaitingBatch> All => _lives.SelectMany(life => life.Values).SelectMany(lane => lane.Batches);

    /// <summary>A lane of the life that goes on.</summary>
    internal LaneBacklog Lane(Lane lane) => LaneOf(_lives[^1], lane, isFinished: false);

    /// <summary>Last number of a lane before the first that only memory knows.</summary>
    internal ulong DurableTo(Lane lane)
    {
        var backlog = Lane(lane);
        var durable = backlog.Owed is { } owed ? owed.First - 1 : backlog.Reached;
        for (var node = backlog.Batches.Last; node is { Value: { InMemory: not null } or { IsPart: true } }; node = node.Previous)
        {
            durable = node.Value.Facts.IsRepeat ? durable : node.Value.Account.First - 1;
        }

        return durable;
    }

    /// <summary>Adds the newest batch of a lane. If it is no repeat, it takes over what the lane owes.</summary>
    internal void Add(WaitingBatch batch)
    {
        var lane = Lane(batch.Facts.Lane);
        if (!batch.Facts.IsRepeat)
        {
            var (owed, by) = lane.TakeDebt();
            batch.Owed = owed;
            batch.Holds.AddRange(by);
            lane.First = batch.Facts.LaneFirst;
            lane.Reached = batch.Facts.Range.Last;
        }

        Count(lane.Batches.AddLast(batch));
    }

    /// <summary>
    /// Adds what an earlier life left. Ranges of one life join: numbers that are missing between two batches, or behind what was delivered, were
    /// dropped, and the batch after them tells it.
    /// </summary>
    internal void AddEarlier(IEnumerable<StoredBatch> batches, DeliveryCursor cursor)
    {
        var life = new SortedDictionary<Lane, LaneBacklog>();
        var damaged = new List<LinkedListNode<WaitingBatch>>();
        LinkedListNode<WaitingBatch>? underWay = null;
        foreach (var (facts, place) in batches)
        {
            var lane = LaneOf(life, facts.Lane, isFinished: true);
            var batch = new WaitingBatch(facts, null) { Place = place };
            if (!facts.IsRepeat)
            {
                var reached = lane.First > 0 ? lane.Reached
                    : cursor.Of(facts.Lane) is { } to && to.Life == facts.Life ? to.Reached
                    : cursor.IsKnown ? facts.LaneFirst - 1
                    : facts.Range.First - 1;
                batch.Owed = facts.Range.First > reached + 1 ? new SequenceRange(reached + 1, facts.Range.First - 1) : null;
                (lane.First, lane.Reached) = (facts.LaneFirst, Math.Max(reached, facts.Range.Last));
            }

            var node = lane.Batches.AddLast(batch);
            Count(node);
            if (!place.IsIntact)
            {
                damaged.Add(node);
            }
            else if (cursor.UnderWay == (facts.Life, facts.Id))
            {
                underWay = node;
            }
        }

        _lives.Insert(_lives.Count - 1, life);
        damaged.ForEach(Drop);

        // The sink may have it: it goes on where the agent was killed.
        _inFlight ??= underWay is not null && cursor.IsAccountUnderWay ? TurnIntoAccount(underWay) : underWay;
    }

    /// <summary>
    /// What is to be shipped now: what was begun, parts of it before all else; then of the highest lane, the first of the oldest life.
    /// </summary>
    internal LinkedListNode<WaitingBatch>? Begin() => _inFlight ??= Firsts().FirstOrDefault(first => first.Value.IsPart) ?? Firsts().FirstOrDefault();

    /// <summary>Whether all of its lane before the batch that is shipped has left, and nothing is owed that only a later one will tell.</summary>
    internal bool IsInOrder => _lives.Where(life => life.ContainsKey(LaneOfShipped)).Select(life => life[LaneOfShipped].Batches.First)
        .FirstOrDefault(node => node is not null) == _inFlight && LaneWith(_inFlight!).Owed is null;

    /// <summary>Takes the batch that was shipped out.</summary>
    internal void TakeShipped()
    {
        Remove(_inFlight!);
        Forget();
    }

    /// <summary>Drops the batch that is shipped, because nobody will take it.</summary>
    /// <returns>True when no other tells of it, and none of its lane and life follows: it is done.</returns>
    internal bool DropShipped()
    {
        var refused = _inFlight!;
        _inFlight = null;
        var lane = LaneWith(refused);
        Drop(refused);
        Forget();
        return lane.IsFinished && lane.Batches.Count == 0;
    }

    /// <summary>Puts the parts into the place of the batch that is shipped.</summary>
    internal void Divide(IReadOnlyList<WaitingBatch> parts)
    {
        var whole = _inFlight!;
        foreach (var part in parts)
        {
            Count(whole.List!.AddBefore(whole, part));
        }

        Remove(whole);
        _inFlight = null;
    }

    private Lane LaneOfShipped => _inFlight!.Value.Facts.Lane;

    /// <summary>The oldest of each lane of each life, in the order in which they are to be shipped.</summary>
    private IEnumerable<LinkedListNode<WaitingBatch>> Firsts() => _lives
        .SelectMany(life => life)
        .OrderBy(lane => lane.Key)
        .Select(lane => lane.Value.Batches.First)
        .OfType<LinkedListNode<WaitingBatch>>();

    private static LaneBacklog LaneOf(SortedDictionary<Lane, LaneBacklog> life, Lane lane, bool isFinished)
    {
        if (!life.TryGetValue(lane, out var backlog))
        {
            life[lane] = backlog = new LaneBacklog(isFinished);
        }

        return backlog;
    }

    private LaneBacklog LaneWith(LinkedListNode<WaitingBatch> node) =>
        _lives.SelectMany(life => life.Values).First(lane => lane.Batches == node.List);

    private void Release(WaitingBatch batch)
    {
        if (release is not null && batch.Record is { } record)
        {
            release(record);
        }
    }

    private void Count(LinkedListNode<WaitingBatch> node)
    {
        Bytes += node.Value.Bytes;
        Frames++;
    }

    private void Remove(LinkedListNode<WaitingBatch> node)
    {
        node.List!.Remove(node);
        Bytes -= node.Value.Bytes;
        Frames--;
    }

    /// <summary>Forgets what is shipped, and earlier lives of which nothing is left.</summary>
    private void Forget()
    {
        _inFlight = null;
        while (_lives.Count > 1 && _lives[0].Values.All(lane => lane.Batches.Count == 0))
        {
            _lives.RemoveAt(0);
        }
    }
}
