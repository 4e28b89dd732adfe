using EdgeAgent.Batching;
using Wire.Model;

namespace EdgeAgent.Spool;

/// <summary>What is known of a batch that waits without reading its frame. Immutable.</summary>
internal sealed record BatchFacts
{
    /// <summary>Place in the order of its life, from 1. Each batch has its own, whatever its lane.</summary>
    internal required ulong Id { get; init; }

    /// <summary>Which run of the agent made it, counted by the spool from 1; 0 = it is not on disk yet.</summary>
    internal ulong Life { get; init; }

    /// <summary>The host, which is the partition key.</summary>
    internal required string HostId { get; init; }

    /// <summary>The boot of which the frame tells.</summary>
    internal required Guid BootId { get; init; }

    /// <summary>When that boot's clock was 0, Unix time in ns.</summary>
    internal required long BootTimeUnixNs { get; init; }

    /// <summary>The frame's lane.</summary>
    internal required Lane Lane { get; init; }

    /// <summary>The numbers that the frame accounts for.</summary>
    internal required SequenceRange Range { get; init; }

    /// <summary>First number of the lane in this life: what lies between it and the first batch that is still there was dropped or delivered.</summary>
    internal required ulong LaneFirst { get; init; }

    /// <summary>Events in the frame.</summary>
    internal required int EventCount { get; init; }

    /// <summary>Bytes of the frame.</summary>
    internal required int FrameBytes { get; init; }

    /// <summary>When it was added, Unix time in ms by the clock of then.</summary>
    internal required long AddedUnixMs { get; init; }

    /// <summary>
    /// True for a late event, whose number an earlier frame told as lost: to drop it loses no account, and it cannot carry that of others.
    /// </summary>
    internal bool IsRepeat { get; init; }

    /// <summary>The batch, from these facts and its frame.</summary>
    internal Batch With(ReadOnlyMemory<byte> frame) => new(HostId, Lane, Range, EventCount, frame) { BootId = BootId, BootTimeUnixNs = BootTimeUnixNs };
}
