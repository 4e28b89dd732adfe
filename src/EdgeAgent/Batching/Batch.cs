using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>
/// One encoded frame and what must be known of it while it waits. The events are kept as bytes only: as values they take many times
/// the memory. Immutable.
/// </summary>
public sealed class Batch
{
    /// <param name="frame">The values; not kept.</param>
    /// <param name="bytes">The same frame, encoded.</param>
    public Batch(Frame frame, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(frame);
        HostId = frame.Host.HostId;
        BootId = frame.Host.BootId;
        BootTimeUnixNs = frame.BootTimeUnixNs;
        Lane = frame.Lane;
        Range = frame.Range;
        EventCount = frame.Events.Count;
        Bytes = bytes;
    }

    /// <summary>A frame that was encoded before, with what was noted of it then.</summary>
    internal Batch(string hostId, Lane lane, SequenceRange range, int eventCount, ReadOnlyMemory<byte> bytes) =>
        (HostId, Lane, Range, EventCount, Bytes) = (hostId, lane, range, eventCount, bytes);

    /// <summary>The host, which is the partition key.</summary>
    public string HostId { get; }

    /// <summary>The boot of which the frame tells.</summary>
    public Guid BootId { get; internal init; }

    /// <summary>When that boot's clock was 0, Unix time in ns.</summary>
    public long BootTimeUnixNs { get; internal init; }

    /// <summary>The frame's lane.</summary>
    public Lane Lane { get; }

    /// <summary>The numbers that the frame accounts for.</summary>
    public SequenceRange Range { get; }

    /// <summary>Number of events.</summary>
    public int EventCount { get; }

    /// <summary>The frame as one Kinesis record, at most 1 MiB.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The same batch, its frame encoded otherwise.</summary>
    internal Batch With(ReadOnlyMemory<byte> bytes) => new(HostId, Lane, Range, EventCount, bytes) { BootId = BootId, BootTimeUnixNs = BootTimeUnixNs };

    /// <summary>The values, decoded anew by every call.</summary>
    /// <exception cref="InvalidOperationException">The bytes are not a frame: a fault of whoever made the batch.</exception>
    public Frame Decode() => FrameDecoder.TryDecode(Bytes.Span, out var frame, out var error)
        ? frame
        : throw new InvalidOperationException($"a batch that was encoded here cannot be decoded: {error}");
}
