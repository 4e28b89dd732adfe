using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AlertLambda.State;

/// <summary>An item as a file: magic, SHA-256 of the rest, the members in their order; a number that is not there is long.MinValue.</summary>
internal static class ItemFile
{
    private const int DigestBytes = 32;

    private static ReadOnlySpan<byte> Magic => "EPITEM1\n"u8;

    /// <summary>A file name of a key, which may hold anything.</summary>
    internal static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));

    internal static byte[] Encode(StoredItem item)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(item.Key);
            writer.Write(item.Version);
            writer.Write(item.ExpiresAt);
            writer.Write(item.OutboxSince ?? long.MinValue);
            writer.Write(item.SeenAt ?? long.MinValue);
            writer.Write(item.SilenceTold ?? long.MinValue);
            writer.Write(item.SettledFor ?? long.MinValue);
            writer.Write(item.Note is null ? "" : JsonSerializer.Serialize(item.Note, StateJsonContext.Default.HostNote));
            writer.Write(item.State.Length);
            writer.Write(item.State.Span);
            writer.Write(item.Outbox.Length);
            writer.Write(item.Outbox.Span);
            writer.Write(item.Watch.Length);
            writer.Write(item.Watch.Span);
        }

        var body = bytes.ToArray();
        return [.. Magic, .. SHA256.HashData(body), .. body];
    }

    /// <exception cref="InvalidDataException">It is no such file, or damaged.</exception>
    internal static StoredItem Decode(byte[] file)
    {
        var body = file.AsSpan(Math.Min(file.Length, Magic.Length + DigestBytes));
        if (!file.AsSpan().StartsWith(Magic) || !file.AsSpan(Magic.Length).StartsWith(SHA256.HashData(body)))
        {
            throw new InvalidDataException("not an item of this store, or damaged; take it away to begin anew");
        }

        using var reader = new BinaryReader(new MemoryStream(body.ToArray()), Encoding.UTF8);
        var item = new StoredItem { Key = reader.ReadString(), Version = reader.ReadInt64(), ExpiresAt = reader.ReadInt64() };
        return item with
        {
            OutboxSince = Optional(reader.ReadInt64()),
            SeenAt = Optional(reader.ReadInt64()),
            SilenceTold = Optional(reader.ReadInt64()),
            SettledFor = Optional(reader.ReadInt64()),
            Note = reader.ReadString() is { Length: > 0 } note ? JsonSerializer.Deserialize(note, StateJsonContext.Default.HostNote) : null,
            State = reader.ReadBytes(reader.ReadInt32()),
            Outbox = reader.ReadBytes(reader.ReadInt32()),
            Watch = reader.ReadBytes(reader.ReadInt32()),
        };
    }

    private static long? Optional(long value) => value == long.MinValue ? null : value;
}
