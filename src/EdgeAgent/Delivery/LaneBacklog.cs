using EdgeAgent.Spool;
using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>What waits of one lane of one life of the agent, oldest first. Guarded by the queue.</summary>
/// <param name="isFinished">True for an earlier life: nothing will be added.</param>
internal sealed class LaneBacklog(bool isFinished)
{
    internal bool IsFinished { get; } = isFinished;

    internal LinkedList<WaitingBatch> Batches { get; } = new();

    /// <summary>First number of the lane; 0 = there was none yet.</summary>
    internal ulong First { get; set; }

    /// <summary>Last number that a batch gave account of.</summary>
    internal ulong Reached { get; set; }

    /// <summary>Numbers that were lost and that nobody has told yet. One range is enough: what is dropped joins what was dropped before it.</summary>
    internal SequenceRange? Owed { get; private set; }

    /// <summary>The refused batches whose numbers are owed.</summary>
    internal List<WaitingBatch> OwedBy { get; private set; } = [];

    /// <summary>These numbers are to be told by the next batch that comes.</summary>
    internal void Owe(SequenceRange lost, IEnumerable<WaitingBatch> by)
    {
        Owed = lost with { First = Owed?.First ?? lost.First };
        OwedBy.AddRange(by);
    }

    /// <summary>What is owed, and by whom; nothing is any more.</summary>
    internal (SequenceRange? Owed, List<WaitingBatch> By) TakeDebt()
    {
        var debt = (Owed, OwedBy);
        (Owed, OwedBy) = (null, []);
        return debt;
    }
}
