using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace AlertLambda.Intake;

/// <summary>The JSON that goes in and out of the function, without reflection.</summary>
[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
public sealed partial class FunctionJsonContext : JsonSerializerContext
{
    /// <summary>A serializer for the handler. Skips members it does not know.</summary>
    public static SourceGeneratorLambdaJsonSerializer<FunctionJsonContext> CreateSerializer() =>
        new((System.Text.Json.JsonSerializerOptions options) => options.Converters.Add(new EncryptionTypeConverter()));
}
