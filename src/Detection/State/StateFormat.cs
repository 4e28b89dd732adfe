namespace Detection.State;

/// <summary>
/// Numbers of a stored item: magic, version, kind, SHA-256 of the rest (its first 8 bytes), length of the body, the body compressed by Brotli. A
/// body is a table of events and then what the kind says.
/// </summary>
/// <remarks>
/// The version moves when older readers could misunderstand; there is no reading of other versions: state is a memory of minutes, and
/// an engine without it is right again after the longest timespan.
/// </remarks>
internal static class StateFormat
{
    /// <summary>The version written, and the only one read.</summary>
    public const byte Version = 3;

    /// <summary>Bytes of the digest that follow magic, version and kind.</summary>
    public const int DigestBytes = 8;

    /// <summary>Bytes before the body's length.</summary>
    public const int PrefixBytes = 6 + DigestBytes;

    /// <summary>Longest body. Compressed so far is no item that fits; nobody may make us reserve more.</summary>
    public const int MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>First bytes. Not UTF-8, so no text is taken for a state; then "EPS" for people.</summary>
    public static ReadOnlySpan<byte> Magic => [0xEB, 0x45, 0x50, 0x53];
}
