using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace AlertLambda.Archive;

/// <summary>The JSON that goes in and out of the archive function, without reflection.</summary>
[JsonSerializable(typeof(FirehoseEvent))]
[JsonSerializable(typeof(FirehoseAnswer))]
public sealed partial class ArchiveJsonContext : JsonSerializerContext
{
    /// <summary>A serializer for the handler. Skips members it does not know.</summary>
    public static SourceGeneratorLambdaJsonSerializer<ArchiveJsonContext> CreateSerializer() => new();
}
