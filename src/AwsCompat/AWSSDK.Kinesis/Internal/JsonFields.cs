using System.Text.Json;

namespace Amazon.Kinesis.Internal;

/// <summary>Fields of an AWS JSON object: absent ones are <c>null</c> here and not written there.</summary>
internal static class JsonFields
{
    public static void Optional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void Optional(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    public static void Optional(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
    }

    /// <summary>Epoch seconds with a fraction. A time of unknown kind counts as local, as in the SDK.</summary>
    public static void Optional(this Utf8JsonWriter writer, string name, DateTime? value)
    {
        if (value is { } time)
        {
            writer.WriteNumber(name, (time.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
        }
    }

    public static void Optional(this Utf8JsonWriter writer, string name, MemoryStream? value)
    {
        if (value is not null)
        {
            writer.WriteBase64String(name, value.TryGetBuffer(out var buffer) ? buffer : value.ToArray());
        }
    }

    public static string? Text(this JsonElement element, string name) => Field(element, name)?.GetString();

    public static int? Int(this JsonElement element, string name) => Field(element, name)?.GetInt32();

    public static long? Long(this JsonElement element, string name) => Field(element, name)?.GetInt64();

    public static DateTime? Time(this JsonElement element, string name) =>
        Field(element, name) is { } seconds ? DateTime.UnixEpoch.AddSeconds(seconds.GetDouble()) : null;

    public static MemoryStream? Blob(this JsonElement element, string name) => Field(element, name)?.GetBytesFromBase64() is { } bytes
        ? new MemoryStream(bytes, 0, bytes.Length, writable: true, publiclyVisible: true)
        : null;

    public static T? Object<T>(this JsonElement element, string name, Func<JsonElement, T> read)
        where T : class => Field(element, name) is { } inner ? read(inner) : null;

    public static List<T>? List<T>(this JsonElement element, string name, Func<JsonElement, T> read) =>
        Field(element, name) is { } array ? [.. array.EnumerateArray().Select(read)] : null;

    private static JsonElement? Field(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
