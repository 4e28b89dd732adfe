namespace Wire.Codec;

/// <summary>Flags of a frame's prefix. A reader refuses every flag it does not know: a flag changes how the rest is read.</summary>
[Flags]
public enum FrameFlags : byte
{
    /// <summary>The fields follow as they are.</summary>
    None = 0,

    /// <summary>Reserved for fields compressed with Brotli. Not in use yet, so refused.</summary>
    Compressed = 1 << 0,
}
