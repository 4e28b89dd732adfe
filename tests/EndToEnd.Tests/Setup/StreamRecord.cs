using Wire.Model;

namespace EndToEnd.Tests.Setup;

/// <summary>A record of a stream.</summary>
/// <param name="SequenceNumber">Its number in the stream.</param>
/// <param name="Bytes">Its data.</param>
/// <param name="Frame">What the data is; <c>null</c> if it is no frame.</param>
internal sealed record StreamRecord(string SequenceNumber, byte[] Bytes, Frame? Frame);
