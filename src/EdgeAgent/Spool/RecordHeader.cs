using System.IO.Hashing;

namespace EdgeAgent.Spool;

/// <summary>What a record says before its frame.</summary>
/// <param name="Facts">Of the batch.</param>
/// <param name="HeaderBytes">Bytes before the frame.</param>
/// <param name="FrameHash">XXH3 of the frame.</param>
internal readonly record struct RecordHeader(BatchFacts Facts, int HeaderBytes, ulong FrameHash)
{
    /// <summary>Bytes of the whole record.</summary>
    internal int RecordBytes => HeaderBytes + Facts.FrameBytes;

    /// <summary>Whether these bytes are the frame.</summary>
    internal bool Fits(ReadOnlySpan<byte> frame) => frame.Length == Facts.FrameBytes && XxHash3.HashToUInt64(frame) == FrameHash;
}
