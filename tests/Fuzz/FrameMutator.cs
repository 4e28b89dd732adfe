using System.Buffers.Binary;
using System.IO.Compression;
using Wire.Codec;

namespace Fuzz;

/// <summary>Damages frames: a few of their parts, then perhaps their bytes, then how they are packed; the checksum is mostly right.</summary>
internal sealed class FrameMutator
{
    private const int WindowBits = 18;

    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 4, 16, 63, 64, 65, 127, 128, 255, 256, 8_191, 8_192, 16_383, 16_384, 65_535, 65_536, 65_537, 131_072, 131_073, 1 << 20, int.MaxValue,
        1ul << 31, uint.MaxValue, 1ul << 32, long.MaxValue, 1ul << 63, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    private readonly (FrameTree Tree, FrameFlags Flags)[] _trees;
    private readonly byte[][] _packed;

    /// <param name="frames">Sound frames, packed ones among them.</param>
    public FrameMutator(IReadOnlyList<byte[]> frames)
    {
        _trees = [.. frames.Where(frame => !IsPacked(frame)).Select(frame => (new FrameTree(frame), FlagsOf(frame)))];
        _packed = [.. frames.Where(IsPacked)];
    }

    /// <summary>A damaged frame.</summary>
    public byte[] Make(Random random)
    {
        if (random.Next(16) == 0)
        {
            // Into what is packed, without knowing what it says.
            var body = ByteMutator.Mutate(_packed, random, FrameFormat.PrefixBytes).AsSpan(FrameFormat.PrefixBytes);
            body = body.Length > FrameFormat.ChecksumBytes ? body[..^FrameFormat.ChecksumBytes] : body;
            return Sealed(body, FrameFlags.Compressed | (random.Next(2) == 0 ? FrameFlags.WellKnown : FrameFlags.None), random);
        }

        var writer = new WireWriter();
        var (tree, flags) = _trees[random.Next(_trees.Length)];
        Span<int> damaged = stackalloc int[1 << random.Next(3)];
        foreach (ref var index in damaged)
        {
            index = random.Next(tree.Count);
        }

        var (first, second, third, last) = (damaged[0], damaged[damaged.Length / 3], damaged[damaged.Length / 2], damaged[^1]);
        tree.Write(writer, (index, part) => index == first || index == second || index == third || index == last ? Damaged(part, random) : part);
        var fields = writer.Written.ToArray();
        if (random.Next(4) == 0 && fields.Length > 0)
        {
            fields = ByteMutator.Mutate([fields], random);
        }

        // Now and then with the strings of the other kind of frames.
        flags ^= random.Next(8) == 0 ? FrameFlags.WellKnown : FrameFlags.None;
        return random.Next(12) == 0 ? Sealed(Packed(fields, random), flags | FrameFlags.Compressed, random) : Sealed(fields, flags, random);
    }

    private static FrameFlags FlagsOf(byte[] frame) => (FrameFlags)frame[FrameFormat.FlagsOffset];

    private static bool IsPacked(byte[] frame) => FlagsOf(frame).HasFlag(FrameFlags.Compressed);

    private static FrameTree.Part Damaged(FrameTree.Part part, Random random) => random.Next(8) switch
    {
        0 => part with { Copies = 0 },
        1 => part with { Copies = 1 + (1 << random.Next(6)) },
        _ when part.End > 0 => part with { Number = Number(0, random) },
        _ when part.Bytes is { } bytes => part with { Bytes = Bytes(bytes, random) },
        2 => new FrameTree.Part(0, [0x80, 0x00], 0, 1),
        3 => new FrameTree.Part(0, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], 0, 1),
        _ => part with { Number = Number(part.Number, random) },
    };

    private static ulong Number(ulong before, Random random) => random.Next(4) switch
    {
        0 => before + 1,
        1 => before - 1,
        2 => before ^ (1ul << random.Next(64)),
        _ => Numbers[random.Next(Numbers.Length)],
    };

    private static byte[] Bytes(byte[] before, Random random)
    {
        var bytes = random.Next(4) switch
        {
            0 => new byte[random.Next(32) == 0 ? random.Next(20_000) : random.Next(40)],
            1 => before.AsSpan(0, random.Next(before.Length + 1)).ToArray(),
            _ => (byte[])before.Clone(),
        };
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static ReadOnlySpan<byte> Packed(byte[] fields, Random random)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(fields.Length)];
        _ = BrotliEncoder.TryCompress(fields, packed, out var length, quality: random.Next(2), WindowBits);
        packed = packed[..length];
        if (random.Next(3) == 0 && length > 0)
        {
            packed = ByteMutator.Mutate([packed], random);
        }

        var writer = new WireWriter();
        writer.WriteVarint(random.Next(4) == 0 ? Number((ulong)fields.Length, random) : (ulong)fields.Length);
        writer.WriteBlock(packed);
        return writer.Written;
    }

    private static byte[] Sealed(ReadOnlySpan<byte> fields, FrameFlags flags, Random random)
    {
        var frame = new byte[FrameFormat.PrefixBytes + fields.Length + FrameFormat.ChecksumBytes];
        FrameFormat.Magic.CopyTo(frame);
        frame[FrameFormat.VersionOffset] = FrameFormat.FormatVersion;
        frame[FrameFormat.FlagsOffset] = (byte)flags;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(FrameFormat.LengthOffset), frame.Length);
        fields.CopyTo(frame.AsSpan(FrameFormat.PrefixBytes));
        if (random.Next(64) == 0)
        {
            frame[random.Next(FrameFormat.PrefixBytes)] ^= (byte)(1 << random.Next(8));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(frame.Length - FrameFormat.ChecksumBytes), Checksum.Of(frame.AsSpan(0, frame.Length - FrameFormat.ChecksumBytes)));
        return random.Next(64) == 0 ? ByteMutator.Mutate([frame], random) : frame;
    }
}
