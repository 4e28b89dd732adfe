using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Kinesis;

namespace AlertLambda.Intake;

/// <summary>
/// Reads a record's <c>encryptionType</c>. The official serializer does not know the type: one record that carries the member would
/// fail the whole batch.
/// </summary>
public sealed class EncryptionTypeConverter : JsonConverter<EncryptionType>
{
    /// <inheritdoc/>
    public override EncryptionType? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new EncryptionType(reader.GetString()!);
        }

        // Nothing here depends on the value; a form we do not know must not cost the batch.
        reader.Skip();
        return null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EncryptionType value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.Value);
    }
}
