namespace Wire.Codec;

/// <summary>Flags of a frame's prefix. A reader refuses every flag it does not know: a flag changes how the rest is read.</summary>
[Flags]
public enum FrameFlags : byte
{
    /// <summary>The fields follow as they are.</summary>
    None = 0,

    /// <summary>
    /// A number, the length of the fields when unpacked; a block, those fields in Brotli; then further fields as they are, with ids above those
    /// inside.
    /// </summary>
    Compressed = 1 << 0,
}
