namespace Wire.Codec;

/// <summary>Why bytes are not a frame.</summary>
public enum FrameErrorKind
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The first bytes are not those of a frame.</summary>
    NotAFrame,

    /// <summary>A frame of a format version that this decoder does not know.</summary>
    UnknownVersion,

    /// <summary>The bytes end too early.</summary>
    Truncated,

    /// <summary>The checksum does not fit: damaged on the way.</summary>
    BadChecksum,

    /// <summary>A length, index or number contradicts the format.</summary>
    Malformed,

    /// <summary>Larger than a frame may be, or than what it may claim (<see cref="FrameFormat"/>).</summary>
    TooLarge,

    /// <summary>A flag is set that this decoder does not know.</summary>
    UnknownFlag,

    /// <summary>Not said by a decoder: whoever took the frame failed at it.</summary>
    Fault,
}
