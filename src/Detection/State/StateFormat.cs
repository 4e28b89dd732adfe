namespace Detection.State;

/// <summary>Numbers of the encoded state: magic, version, SHA-256 of the rest (8 bytes), table of events, hosts, shared partition.</summary>
/// <remarks>
/// The version moves when older readers could misunderstand; there is no reading of other versions: state is a memory of minutes, and
/// an engine without it is right again after the longest timespan.
/// </remarks>
internal static class StateFormat
{
    /// <summary>The version written, and the only one read.</summary>
    public const byte Version = 2;

    /// <summary>Bytes of the digest that follow magic and version.</summary>
    public const int DigestBytes = 8;

    /// <summary>Bytes before the body.</summary>
    public const int PrefixBytes = 5 + DigestBytes;

    /// <summary>First bytes. Not UTF-8, so no text is taken for a state; then "EPS" for people.</summary>
    public static ReadOnlySpan<byte> Magic => [0xEB, 0x45, 0x50, 0x53];
}
