namespace LocalPipeline.Recording;

/// <summary>
/// A recording: the 8 bytes <see cref="Magic"/>, then for each frame its length (4 bytes, little-endian) and the frame as it would
/// go to Kinesis (<c>docs/wire-format.md</c>). A recording that ends inside a frame was cut; what is before is whole.
/// </summary>
internal static class RecordingFormat
{
    /// <summary>First bytes of every recording; the digit is the format's version.</summary>
    internal static ReadOnlySpan<byte> Magic => "EDGEREC1"u8;

    /// <summary>Greatest length of a frame: that of a Kinesis record.</summary>
    internal const int MaxFrameBytes = 1024 * 1024;
}
