namespace Detection.Rules.Parsing;

/// <summary>A modifier that turns a rule's text into another one, or into several of which any may occur.</summary>
internal enum TextStep
{
    /// <summary><c>windash</c>.</summary>
    AnyDash,

    /// <summary><c>utf16le</c>, <c>wide</c>.</summary>
    Utf16LittleEndian,

    /// <summary><c>utf16be</c>.</summary>
    Utf16BigEndian,

    /// <summary><c>utf16</c>: little-endian after a byte order mark.</summary>
    Utf16WithMark,

    /// <summary><c>base64</c>.</summary>
    Base64,

    /// <summary><c>base64offset</c>.</summary>
    Base64Offset,
}
