using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// A Lambda serializer without reflection over the data: the types come from a source-generated <see
/// cref="JsonSerializerContext"/>. Property names are written in camel case and read in any case, because event sources disagree;
/// unknown members are skipped; times may be epoch seconds; nulls are not written. Safe for use by several threads.
/// </summary>
/// <typeparam name="TSGContext">The generated context. It is made here by its constructor from options, whatever its own options
/// say.</typeparam>
public class SourceGeneratorLambdaJsonSerializer<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext>
    : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TSGContext _context;

    /// <summary>A serializer with the settings Lambda events need.</summary>
    public SourceGeneratorLambdaJsonSerializer()
        : this(null)
    {
    }

    /// <summary>A serializer whose options the caller changes after the settings Lambda events need were made.</summary>
    /// <param name="customizer">Gets the options before the context is made from them; may add converters.</param>
    public SourceGeneratorLambdaJsonSerializer(Action<JsonSerializerOptions>? customizer)
    {
        SerializerOptions = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Converters = { new DateTimeConverter(), new MemoryStreamConverter() },
        };
        customizer?.Invoke(SerializerOptions);
        var constructor = typeof(TSGContext).GetConstructor([typeof(JsonSerializerOptions)])
            ?? throw new InvalidOperationException(
                $"{typeof(TSGContext)} has no public constructor from JsonSerializerOptions. Is it a generated context?");
        _context = (TSGContext)constructor.Invoke([SerializerOptions]);
    }

    /// <summary>The options the context was made from; read-only after construction.</summary>
    protected JsonSerializerOptions SerializerOptions { get; }

    /// <inheritdoc/>
    /// <exception cref="JsonSerializerException">
    /// The bytes are not JSON of this type, or the context does not know the type.
    /// </exception>
    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            return JsonSerializer.Deserialize(requestStream, TypeInfo<T>())!;
        }
        catch (Exception e) when (e is not JsonSerializerException)
        {
            throw new JsonSerializerException($"The event cannot be read as {typeof(T)}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="JsonSerializerException">The value cannot be written, or the context does not know the type.</exception>
    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            using var writer = new Utf8JsonWriter(responseStream, WriterOptions);
            JsonSerializer.Serialize(writer, response, TypeInfo<T>());
        }
        catch (Exception e) when (e is not JsonSerializerException)
        {
            throw new JsonSerializerException($"The response cannot be written as {typeof(T)}: {e.Message}", e);
        }
    }

    private JsonTypeInfo<T> TypeInfo<T>() => _context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new JsonSerializerException($"{typeof(TSGContext)} has no [JsonSerializable(typeof({typeof(T)}))].");
}
