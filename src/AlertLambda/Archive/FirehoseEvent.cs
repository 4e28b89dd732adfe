using System.Text.Json.Serialization;

namespace AlertLambda.Archive;

/// <summary>A batch that Amazon Data Firehose hands to its transformation. Members that we do not need are left out.</summary>
public sealed record FirehoseEvent
{
    /// <summary>The records, in the order of their arrival.</summary>
    [JsonPropertyName("records")]
    public IReadOnlyList<FirehoseRecord>? Records { get; init; }
}
