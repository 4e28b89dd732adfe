namespace Wire.Codec;

/// <summary>Numbers of the batch frame that both ends share. Described in <c>docs/wire-format.md</c>.</summary>
public static class FrameFormat
{
    /// <summary>The format version that <see cref="FrameEncoder"/> writes and <see cref="FrameDecoder"/> reads; others are refused.</summary>
    public const byte FormatVersion = 1;

    /// <summary>
    /// Most bytes of a frame: what a Kinesis stream takes by default for a record (1 MiB), less room for the partition key,
    /// which counts as part of the record (a host id of 128 characters has at most 384 bytes).
    /// </summary>
    public const int MaxFrameBytes = (1024 * 1024) - 512;

    /// <summary>Most events of a frame: more than what fits at usual sizes; bounds the memory that a hostile frame can claim.</summary>
    public const int MaxEvents = 65_536;

    /// <summary>Most process nodes of a frame; the same reason.</summary>
    public const int MaxProcesses = 65_536;

    /// <summary>Most entries of the tables of actors and of files, each; the same reason.</summary>
    public const int MaxTableEntries = 65_536;

    /// <summary>Most strings of a frame; the same reason. Higher, as an exec brings several.</summary>
    public const int MaxStrings = 131_072;

    /// <summary>Most bytes of all strings together, in full: shared beginnings let a small frame claim more text than it has bytes.</summary>
    public const int MaxTextBytes = 4 * MaxFrameBytes;

    /// <summary>
    /// Most characters of one string, and of each text that names the host: twice the longest path and argv that the sensor reads.
    /// Rules look through it character by character, in each event that refers to it.
    /// </summary>
    public const int MaxStringLength = 8_192;

    /// <summary>Most characters of one argv, a divider counted after each argument: four times what the sensor reads.</summary>
    public const int MaxArgumentsLength = 16_384;

    /// <summary>
    /// Most characters of all argvs that a frame's processes give, counted likewise: one string may be referred to many times, so
    /// <see cref="MaxTextBytes"/> bounds the strings, not what is made of them.
    /// </summary>
    public const int MaxAllArgumentsLength = 4_194_304;

    /// <summary>Most lost ranges of a frame; the same reason.</summary>
    public const int MaxLostRanges = 65_536;

    /// <summary>Most lanes of which a frame tells the progress: there are no more, for a lane is a byte.</summary>
    public const int MaxLanes = 256;

    /// <summary>The kernel numbers namespaces from about here (PROC_DYNAMIC_FIRST of fs/proc/generic.c).</summary>
    public const uint FirstNamespace = 0xF000_0000;

    /// <summary>Most characters of a container id; container runtimes use 64 at most.</summary>
    public const int MaxContainerIdLength = 64;

    /// <summary>Highest sequence number, 2^63 - 1: sums of numbers within a frame cannot wrap. No kernel counts that far.</summary>
    public const ulong MaxSequence = long.MaxValue;

    /// <summary>Most characters of a host id: it is the partition key too.</summary>
    public const int MaxHostIdLength = 128;

    /// <summary>
    /// Most bytes that <see cref="FrameDecoder"/> allocates for one frame, whatever it says, 96 MiB; with packed fields 8 MiB more outside
    /// the managed heap. An ordinary frame of 200 events takes 42 KiB.
    /// </summary>
    public const int MaxDecodingBytes = 96 << 20;

    /// <summary>Window of packed fields as the encoder writes them, 2^18 bytes: most frames have less.</summary>
    internal const int PackedWindowBits = 18;

    /// <summary>Largest window that a decoder takes, 2^20 bytes: all of a frame's fields. Bounds what unpacking holds.</summary>
    internal const int MaxPackedWindowBits = 20;

    /// <summary>Bytes before the first field: magic, version, flags, length.</summary>
    internal const int PrefixBytes = 10;

    /// <summary>Offset of the version; it will stay there in every version.</summary>
    internal const int VersionOffset = 4;

    /// <summary>Offset of the flags.</summary>
    internal const int FlagsOffset = 5;

    /// <summary>Offset of the length.</summary>
    internal const int LengthOffset = 6;

    /// <summary>Bytes after the last field: the CRC-32C of all before it.</summary>
    internal const int ChecksumBytes = 4;

    /// <summary>First bytes of every frame of every version. Not UTF-8, so no text is taken for a frame; then "EPF" for people.</summary>
    public static ReadOnlySpan<byte> Magic => [0xEB, 0x45, 0x50, 0x46];
}
