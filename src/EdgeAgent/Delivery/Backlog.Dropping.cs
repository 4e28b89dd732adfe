using EdgeAgent.Spool;
using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>What is dropped when it is too much, and who tells that.</summary>
internal sealed partial class Backlog
{
    /// <summary>Drops, oldest first and lowest lane first, until no more wait than may.</summary>
    /// <param name="maxBytes">Most bytes.</param>
    /// <param name="oldestUnixMs">What was added before is too old.</param>
    internal void Evict(long maxBytes, long oldestUnixMs)
    {
        foreach (var lane in _lives.SelectMany(life => life.Values))
        {
            while (Oldest(lane) is { } node && node.Value.Facts.AddedUnixMs < oldestUnixMs)
            {
                Drop(node);
            }
        }

        while (Bytes > maxBytes && (Lowest(Oldest) ?? Lowest(Last)) is { } node)
        {
            Drop(node);
        }
    }

    private LinkedListNode<WaitingBatch>? Lowest(Func<LaneBacklog, LinkedListNode<WaitingBatch>?> choose) => _lives
        .SelectMany(life => life)
        .OrderByDescending(lane => lane.Key)
        .Select(lane => choose(lane.Value))
        .FirstOrDefault(node => node is not null);

    /// <summary>The oldest batch of a lane that is neither being shipped nor the newest, which carries the account of the others.</summary>
    private LinkedListNode<WaitingBatch>? Oldest(LaneBacklog lane)
    {
        var node = lane.Batches.First;
        while (node is not null && IsBeingShipped(node))
        {
            node = node.Next;
        }

        return node?.Next is null ? null : node;
    }

    /// <summary>
    /// The newest batch of a lane to which nothing will be added: only its account need be kept. Where there is none it stays: nothing would tell a
    /// later life that it is done.
    /// </summary>
    private LinkedListNode<WaitingBatch>? Last(LaneBacklog lane) =>
        lane is { IsFinished: true, Batches.Last: { Value: { IsAccount: false, Facts.IsRepeat: false, Account.Count: > 0 } } last } && !IsBeingShipped(last)
            ? last
            : null;

    private bool IsBeingShipped(LinkedListNode<WaitingBatch> node) => node == _inFlight || node.Value.IsPart;

    private void Drop(LinkedListNode<WaitingBatch> node)
    {
        var (batch, lost, next) = (node.Value, node.Value.Account, node.Next);
        while (next is { Value.Facts.IsRepeat: true })
        {
            next = next.Next;
        }

        DroppedEvents += batch.EventCount;
        var lane = LaneWith(node);
        if (batch.Facts.IsRepeat || lost.Count == 0 || (batch.IsAccount && next is null && lane.IsFinished))
        {
            Remove(node);
            Release(batch);
        }
        else if (next is not null)
        {
            next.Value.Owed = lost with { Last = next.Value.Owed?.Last ?? lost.Last };
            next.Value.Holds.AddRange(batch.Holds);
            Remove(node);
            Release(batch);
        }
        else if (lane.IsFinished)
        {
            TurnIntoAccount(node);
        }
        else
        {
            // Its record stays until its loss was told: a killed agent would tell nothing of it.
            lane.Owe(lost, release is null ? [] : batch.Record is { } record ? [.. batch.Holds, record] : batch.Holds);
            Remove(node);
        }
    }

    /// <summary>Puts the account of a batch into its place.</summary>
    private LinkedListNode<WaitingBatch> TurnIntoAccount(LinkedListNode<WaitingBatch> node)
    {
        var account = node.List!.AddAfter(node, AccountOf(node.Value, node.Value.Account));
        Count(account);
        Remove(node);
        return account;
    }

    /// <summary>A frame that says of a range that it is lost, from what is known without the batch's own frame.</summary>
    private WaitingBatch AccountOf(WaitingBatch batch, SequenceRange lost)
    {
        var facts = batch.Facts;
        var frame = _packer.Pack(new Frame
        {
            Host = new HostIdentity(facts.HostId, facts.BootId, "", null),
            Lane = facts.Lane,
            Range = lost,
            BootTimeUnixNs = facts.BootTimeUnixNs,
            Events = [],
            Lost = [new LostRange(lost, LossCause.Spool)],
        })[0];
        return new WaitingBatch(facts with { Range = lost, EventCount = 0, FrameBytes = frame.Bytes.Length }, null)
        {
            Ready = frame, IsAccount = true, Record = batch.Record, Holds = batch.Holds,
        };
    }
}
