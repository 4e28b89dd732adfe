using System.IO.Compression;
using System.Text.Json;

namespace AlertLambda.State;

/// <summary>Unsent messages as bytes: a format number, then JSON in Brotli. Texts of one host are much alike and take little room together.</summary>
public static class OutboxCodec
{
    private const byte Format = 1;

    // What somebody else wrote into the table must not fill the memory.
    private const int MaxText = 64 * 1024 * 1024;

    /// <summary>Writes them; none = no bytes.</summary>
    public static byte[] Encode(IReadOnlyList<OutboxEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
        {
            return [];
        }

        using var bytes = new MemoryStream();
        bytes.WriteByte(Format);
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, entries, StateJsonContext.Default.IReadOnlyListOutboxEntry);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another format.</exception>
    public static IReadOnlyList<OutboxEntry> Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return [];
        }

        if (bytes.Span[0] != Format)
        {
            throw new InvalidDataException($"messages of format {bytes.Span[0]}; this function reads {Format}");
        }

        try
        {
            using var packed = new MemoryStream(bytes[1..].ToArray());
            using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
            using var text = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (var read = brotli.Read(buffer); read > 0; read = brotli.Read(buffer))
            {
                text.Write(buffer, 0, read);
                if (text.Length > MaxText)
                {
                    throw new InvalidDataException($"messages of more than {MaxText} bytes");
                }
            }

            return JsonSerializer.Deserialize(text.GetBuffer().AsSpan(0, (int)text.Length), StateJsonContext.Default.IReadOnlyListOutboxEntry)
                ?? throw new InvalidDataException("no messages");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("the messages are damaged: " + e.Message, e);
        }
    }
}
