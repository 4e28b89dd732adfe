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

    /// <summary>
    /// The table of strings begins with <see cref="WellKnownStrings"/>, which are not sent; and the caller of an exec, where it is absent, has the short name
    /// of the process's parent.
    /// </summary>
    WellKnown = 1 << 1,

    /// <summary>All that are known.</summary>
    Known = Compressed | WellKnown,
}
