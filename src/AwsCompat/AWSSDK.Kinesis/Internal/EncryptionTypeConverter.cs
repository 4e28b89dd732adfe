using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Kinesis.Internal;

/// <summary>
/// Reads and writes an encryption type as its text. Without it a Lambda event that carries the member would fail as a whole.
/// </summary>
/// <remarks>Public because generated JSON contexts of other assemblies make it; no code names it.</remarks>
public sealed class EncryptionTypeConverter : JsonConverter<EncryptionType>
{
    /// <inheritdoc/>
    public override EncryptionType? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EncryptionType value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
