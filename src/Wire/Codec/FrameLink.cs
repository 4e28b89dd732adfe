using System.Buffers.Binary;
using Wire.Model;

namespace Wire.Codec;

/// <summary>
/// Links an encoded frame to the one that was sent before it, without decoding it: <see cref="FrameField.Previous"/> is the last field of a frame,
/// and stands outside of whatever packs the others.
/// </summary>
public static class FrameLink
{
    /// <summary>Bytes that the link takes.</summary>
    public const int Bytes = 2 + FrameDigest.Length;

    /// <summary>The frame with the link: field, length and checksum are new, all else stays.</summary>
    /// <param name="frame">A whole frame without a link, at most <see cref="FrameFormat.MaxFrameBytes"/> less <see cref="Bytes"/>.</param>
    /// <param name="previous">The frame that was sent before.</param>
    /// <exception cref="ArgumentException">It is no frame, or too large.</exception>
    public static byte[] Append(ReadOnlySpan<byte> frame, FrameDigest previous)
    {
        if (frame.Length is < FrameFormat.PrefixBytes + FrameFormat.ChecksumBytes or > FrameFormat.MaxFrameBytes - Bytes
            || !frame.StartsWith(FrameFormat.Magic))
        {
            throw new ArgumentException($"{frame.Length} bytes are no frame that a link can be added to", nameof(frame));
        }

        var linked = new byte[frame.Length + Bytes];
        frame[..^FrameFormat.ChecksumBytes].CopyTo(linked);
        BinaryPrimitives.WriteInt32LittleEndian(linked.AsSpan(FrameFormat.LengthOffset), linked.Length);
        var link = linked.AsSpan(frame.Length - FrameFormat.ChecksumBytes);
        link[0] = (byte)((FrameField.Previous << 1) | 1);
        link[1] = FrameDigest.Length;
        previous.Write(link[2..]);
        BinaryPrimitives.WriteUInt32LittleEndian(link[Bytes..], Checksum.Of(linked.AsSpan(0, linked.Length - FrameFormat.ChecksumBytes)));
        return linked;
    }
}
