using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>One frame, encoded and as values. Immutable.</summary>
/// <param name="Frame">The values.</param>
/// <param name="Bytes">The frame as one Kinesis record, at most 1 MiB.</param>
public sealed record Batch(Frame Frame, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>True when the frame must not wait behind others.</summary>
    public bool IsHighValue => Frame.Lane == Lane.High;
}
