using System.Text;
using System.Text.Json;
using Wire.Text;

namespace Detection.Taxonomy;

/// <summary>A JSON object as named values. Bounded in size, depth and number of fields, so that no line can make more of itself.</summary>
internal static class FlatJson
{
    /// <summary>Longest object, bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Most characters of all texts of an object together: what looks through them takes time for each.</summary>
    public const int MaxTextLength = 65_536;

    private const int MaxDepth = 16;
    private const int MaxFields = 4096;
    private const int MaxNameLength = 1024;

    /// <summary>Reads an object into <paramref name="fields"/>; what is inside an inner object has its name and a dot before its own.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Read(ReadOnlySpan<byte> json, Dictionary<string, FieldValue> fields)
    {
        if (json.Length > MaxBytes)
        {
            return $"longer than {MaxBytes} bytes";
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "no JSON object";
            }

            // The reader itself faults what follows the object.
            return ReadObject(ref reader, "", fields) ?? (reader.Read() ? "more than one JSON object" : FaultOfTexts(fields));
        }
        catch (JsonException e)
        {
            return $"no JSON object, or one deeper than {MaxDepth}: byte {e.BytePositionInLine + 1}";
        }
        catch (InvalidOperationException)
        {
            return "a text in it is not Unicode";
        }
    }

    private static string? FaultOfTexts(Dictionary<string, FieldValue> fields)
    {
        long length = 0;
        foreach (var value in fields.Values)
        {
            length += LengthOf(value);
            foreach (var item in value.Items)
            {
                length += LengthOf(item);
            }
        }

        return length > MaxTextLength ? $"texts of more than {MaxTextLength} characters in all" : null;
    }

    private static int LengthOf(in FieldValue value) => value.Kind == FieldKind.Text && value.TryGetText([], out var text) ? text.Length : 0;

    private static string? ReadObject(ref Utf8JsonReader reader, string prefix, Dictionary<string, FieldValue> fields)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = prefix + reader.GetString();
            if (name.Length > MaxNameLength || fields.Count == MaxFields)
            {
                return $"more than {MaxFields} fields, or a name longer than {MaxNameLength}";
            }

            reader.Read();
            var fault = reader.TokenType == JsonTokenType.StartObject
                ? ReadObject(ref reader, name + ".", fields)
                : ReadField(ref reader, name, fields);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? ReadField(ref Utf8JsonReader reader, string name, Dictionary<string, FieldValue> fields)
    {
        FieldValue value;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            var items = new List<FieldValue>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    return $"{SafeText.Escape(name)}: an array or object inside an array";
                }

                items.Add(ReadValue(ref reader));
            }

            value = FieldValue.Of(items.ToArray());
        }
        else
        {
            value = ReadValue(ref reader);
        }

        return fields.TryAdd(name, value) ? null : $"{SafeText.Escape(name)}: given twice";
    }

    private static FieldValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => FieldValue.Of(reader.GetString()!),
        JsonTokenType.Number => reader.TryGetDecimal(out var number)
            ? FieldValue.Of(number)
            : FieldValue.Of(Encoding.ASCII.GetString(reader.ValueSpan)),
        JsonTokenType.True => FieldValue.Of(true),
        JsonTokenType.False => FieldValue.Of(false),
        _ => FieldValue.Null,
    };
}
