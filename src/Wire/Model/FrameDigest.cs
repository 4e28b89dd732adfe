using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Wire.Model;

/// <summary>
/// Names a frame by its bytes: the first 16 bytes of the SHA-256 of all of them, from the magic to the checksum. Nobody can make another frame
/// of the same name. Immutable.
/// </summary>
/// <remarks>It needs no key, so it proves order and completeness, not who wrote a frame.</remarks>
public readonly record struct FrameDigest
{
    /// <summary>Bytes of a digest.</summary>
    public const int Length = 16;

    private readonly UInt128 _value;

    private FrameDigest(UInt128 value) => _value = value;

    /// <summary>The digest of a whole frame, as it is sent. Thread-safe.</summary>
    public static FrameDigest Of(ReadOnlySpan<byte> frame)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(frame, hash);
        return Read(hash);
    }

    /// <summary>A digest from its first <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static FrameDigest Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Writes its <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is less room.</exception>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);

    /// <summary>32 hexadecimal digits, lower case.</summary>
    public override string ToString() => _value.ToString("x32", null);
}
