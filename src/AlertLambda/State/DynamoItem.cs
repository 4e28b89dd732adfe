using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace AlertLambda.State;

/// <summary>An item as attributes. Names are short, because each byte of them is paid for.</summary>
internal static class DynamoItem
{
    internal const string Key = "pk";
    internal const string Expiry = "ttl";
    internal const string Version = "v";
    internal const string State = "s";
    internal const string Outbox = "o";
    internal const string Watch = "w";
    internal const string OutboxSince = "os";
    internal const string SeenAt = "seen";
    internal const string SilenceTold = "told";
    internal const string SettledFor = "done";
    internal const string Note = "note";
    private const string FormatName = "f";
    private const string Format = "1";

    internal static Dictionary<string, AttributeValue> Write(StoredItem item)
    {
        var attributes = new Dictionary<string, AttributeValue>
        {
            [Key] = new(item.Key),
            [Version] = Number(item.Version),
            [Expiry] = Number(item.ExpiresAt),
            [FormatName] = new() { N = Format },
        };
        AddBytes(State, item.State);
        AddBytes(Outbox, item.Outbox);
        AddBytes(Watch, item.Watch);
        AddNumber(OutboxSince, item.OutboxSince);
        AddNumber(SeenAt, item.SeenAt);
        AddNumber(SilenceTold, item.SilenceTold);
        AddNumber(SettledFor, item.SettledFor);
        if (item.Note is not null)
        {
            attributes[Note] = new(JsonSerializer.Serialize(item.Note, StateJsonContext.Default.HostNote));
        }

        return attributes;

        void AddBytes(string name, ReadOnlyMemory<byte> bytes)
        {
            if (!bytes.IsEmpty)
            {
                attributes[name] = Bytes(bytes);
            }
        }

        void AddNumber(string name, long? number)
        {
            if (number is { } value)
            {
                attributes[name] = Number(value);
            }
        }
    }

    /// <summary>Reads attributes; those that are not there, or were not asked for, are empty.</summary>
    internal static StoredItem Read(Dictionary<string, AttributeValue> attributes) => new()
    {
        Key = attributes[Key].S,
        Version = ReadNumber(attributes, Version) ?? 0,
        ExpiresAt = ReadNumber(attributes, Expiry) ?? long.MaxValue,
        State = ReadBytes(attributes, State),
        Outbox = ReadBytes(attributes, Outbox),
        Watch = ReadBytes(attributes, Watch),
        OutboxSince = ReadNumber(attributes, OutboxSince),
        SeenAt = ReadNumber(attributes, SeenAt),
        SilenceTold = ReadNumber(attributes, SilenceTold),
        SettledFor = ReadNumber(attributes, SettledFor),
        Note = attributes.TryGetValue(Note, out var note) ? JsonSerializer.Deserialize(note.S, StateJsonContext.Default.HostNote) : null,
    };

    internal static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    internal static AttributeValue Bytes(ReadOnlyMemory<byte> bytes) => new() { B = new MemoryStream(bytes.ToArray()) };

    private static long? ReadNumber(Dictionary<string, AttributeValue> attributes, string name) =>
        attributes.TryGetValue(name, out var value) ? long.Parse(value.N, CultureInfo.InvariantCulture) : null;

    private static ReadOnlyMemory<byte> ReadBytes(Dictionary<string, AttributeValue> attributes, string name) =>
        attributes.TryGetValue(name, out var value) ? value.B.ToArray() : default(ReadOnlyMemory<byte>);
}
