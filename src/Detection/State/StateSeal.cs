using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Detection.State;

/// <summary>From a body to an item as it is stored, and back.</summary>
internal static class StateSeal
{
    // Of the settings measured, the one after which more time saves next to nothing.
    private const int Quality = 4;
    private const int WindowBits = 18;
    private const int LengthBytes = sizeof(int);

    /// <summary>Closes a body with the events that it refers to.</summary>
    /// <returns>The item; null when the body is longer than any may be.</returns>
    public static byte[]? Close(ItemContent content, StateWriter body)
    {
        using var whole = body.BeginPart();
        body.Events.Write(whole);
        whole.Write(body.Written);
        return whole.Written.Length <= StateFormat.MaxBodyBytes ? Close(content, whole.Written) : null;
    }

    /// <summary>Closes the bytes of a body.</summary>
    public static byte[] Close(ItemContent content, ReadOnlySpan<byte> body)
    {
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(body.Length));
        byte[] item;
        try
        {
            if (!BrotliEncoder.TryCompress(body, room, out var written, Quality, WindowBits))
            {
                throw new InvalidOperationException("the room that Brotli asked for does not suffice");
            }

            item = new byte[StateFormat.PrefixBytes + LengthBytes + written];
            room.AsSpan(0, written).CopyTo(item.AsSpan(StateFormat.PrefixBytes + LengthBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }

        StateFormat.Magic.CopyTo(item);
        (item[StateFormat.Magic.Length], item[StateFormat.Magic.Length + 1]) = (StateFormat.Version, (byte)content);
        BinaryPrimitives.WriteInt32LittleEndian(item.AsSpan(StateFormat.PrefixBytes), body.Length);
        Digest(item).CopyTo(item.AsSpan(StateFormat.PrefixBytes - StateFormat.DigestBytes));
        return item;
    }

    /// <summary>Opens an item and reads it.</summary>
    /// <param name="content">What it has to be about.</param>
    /// <param name="item">The item.</param>
    /// <param name="read">Reads the body; may throw what a reader of states throws.</param>
    /// <param name="fault">What is wrong with it; else null.</param>
    /// <returns>False when it is damaged.</returns>
    public static bool TryOpen(ItemContent content, ReadOnlySpan<byte> item, Action<StateReader> read, [NotNullWhen(false)] out string? fault)
    {
        fault = FaultOf(content, item);
        if (fault is not null)
        {
            return false;
        }

        try
        {
            using var reader = new StateReader(BodyOf(item));
            reader.ReadEvents();
            read(reader);
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            fault = "the state is damaged: " + e.Message;
            return false;
        }
    }

    /// <summary>The body of an item whose digest is right.</summary>
    /// <exception cref="InvalidDataException">It is not what it says.</exception>
    public static byte[] BodyOf(ReadOnlySpan<byte> item)
    {
        var rest = item[StateFormat.PrefixBytes..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < 0 or > StateFormat.MaxBodyBytes)
        {
            throw new InvalidDataException($"a body of {length} bytes");
        }

        var body = new byte[length];
        return BrotliDecoder.TryDecompress(rest[LengthBytes..], body, out var written) && written == length
            ? body
            : throw new InvalidDataException("it cannot be decompressed to the length that it names");
    }

    private static string? FaultOf(ItemContent content, ReadOnlySpan<byte> item)
    {
        if (item.Length < StateFormat.PrefixBytes + LengthBytes || !item.StartsWith(StateFormat.Magic))
        {
            return "not a state of the engine";
        }

        var (version, found) = (item[StateFormat.Magic.Length], (ItemContent)item[StateFormat.Magic.Length + 1]);
        if (version != StateFormat.Version)
        {
            return $"a state of version {version}; this engine reads {StateFormat.Version}";
        }

        if (found != content)
        {
            return $"a state of another kind ({found}, not {content})";
        }

        var digest = item.Slice(StateFormat.PrefixBytes - StateFormat.DigestBytes, StateFormat.DigestBytes);
        return digest.SequenceEqual(Digest(item)) ? null : "the state is damaged: its digest is wrong";
    }

    private static byte[] Digest(ReadOnlySpan<byte> item) => SHA256.HashData(item[StateFormat.PrefixBytes..])[..StateFormat.DigestBytes];
}
