using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>
/// Reads times as ISO 8601 text or as epoch seconds with a fraction, which Kinesis events use; the latter become UTC.
/// </summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            return reader.GetDateTime();
        }

        var seconds = reader.GetDouble();
        try
        {
            return DateTime.UnixEpoch.AddSeconds(seconds);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new JsonException($"{seconds} is not a time in epoch seconds.", e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
