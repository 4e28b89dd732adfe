using System.Buffers.Binary;
using Wire.Codec;

namespace Wire.Tests.Codec;

/// <summary>Makes frames that no encoder writes: right checksum and length, anything in between.</summary>
internal static class FrameSurgery
{
    /// <summary>The fields of a frame, without prefix and checksum.</summary>
    public static byte[] Body(byte[] frame) => frame[10..^4];

    /// <summary>A frame of <paramref name="body"/>.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> body, byte flags = 0)
    {
        byte[] bytes = [.. FrameFormat.Magic, FrameFormat.FormatVersion, flags, 0, 0, 0, 0, .. body, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(6), bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), Checksum.Of(bytes.AsSpan(0, bytes.Length - 4)));
        return bytes;
    }

    /// <summary>The top-level fields of a frame, each with its key, by id.</summary>
    public static SortedDictionary<uint, byte[]> Fields(byte[] frame)
    {
        var body = Body(frame);
        var fields = new SortedDictionary<uint, byte[]>();
        var error = default(FrameError);
        var reader = new WireReader(body, 0, body.Length, ref error);
        var field = reader.NoField();
        for (var start = 0; reader.ReadField(ref field); start = reader.Position)
        {
            fields.Add(field.Id, body[start..reader.Position]);
        }

        return fields;
    }

    /// <summary>A frame of such fields.</summary>
    public static byte[] Seal(SortedDictionary<uint, byte[]> fields) => Seal(fields.SelectMany(field => field.Value).ToArray());

    /// <summary>What <paramref name="write"/> writes.</summary>
    public static byte[] Bytes(Action<WireWriter> write)
    {
        var writer = new WireWriter();
        write(writer);
        return writer.Written.ToArray();
    }

    /// <summary>A field that holds the block <paramref name="write"/> writes.</summary>
    public static byte[] Block(uint id, Action<WireWriter> write) => Bytes(writer => writer.WriteField(id, Bytes(write)));
}
