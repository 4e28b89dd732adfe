using EdgeAgent.Batching;
using Wire.Model;

namespace EdgeAgent.Spool;

/// <summary>One batch that waits: in memory until it is durable on disk, then there only. The queue owns it.</summary>
internal sealed class WaitingBatch
{
    private volatile Batch? _inMemory;
    private volatile RecordPlace? _place;

    /// <param name="facts">What it is.</param>
    /// <param name="inMemory">Its bytes; null = they are on disk, or ready.</param>
    internal WaitingBatch(BatchFacts facts, Batch? inMemory)
    {
        (Facts, _inMemory, Bytes, Record) = (facts, inMemory, facts.FrameBytes, this);
    }

    /// <summary>Bytes that it counts for.</summary>
    internal int Bytes { get; }

    /// <summary>What it is. Guarded by the queue.</summary>
    internal BatchFacts Facts { get; set; }

    /// <summary>Numbers before its own that it has to tell as lost; null = none. Guarded by the queue.</summary>
    internal SequenceRange? Owed { get; set; }

    /// <summary>What is shipped, once that was begun. For the worker.</summary>
    internal Batch? Ready { get; set; }

    /// <summary>True for a part of a batch that had to be divided when it was shipped.</summary>
    internal bool IsPart { get; init; }

    /// <summary>True when it says only that its numbers are lost.</summary>
    internal bool IsAccount { get; init; }

    /// <summary>The batch whose record is done with when this is; null for a part that others follow.</summary>
    internal WaitingBatch? Record { get; init; }

    /// <summary>Batches that the sink refused and whose loss this one tells: their records stay until it is delivered.</summary>
    internal List<WaitingBatch> Holds { get; init; } = [];

    /// <summary>Its bytes, while they must stay in memory.</summary>
    internal Batch? InMemory
    {
        get => _inMemory;
        set => _inMemory = value;
    }

    /// <summary>Its record; null = not written. Set by the spool.</summary>
    internal RecordPlace? Place
    {
        get => _place;
        set => _place = value;
    }

    /// <summary>True when it need not be kept any more. Guarded by the spool.</summary>
    internal bool IsGone { get; set; }

    /// <summary>When it was handed to the spool, by the monotonic clock.</summary>
    internal long HandedAt { get; set; }

    /// <summary>All numbers of which it gives account.</summary>
    internal SequenceRange Account => Owed is { } owed ? Facts.Range with { First = owed.First } : Facts.Range;
}
