using System.Text.Json.Serialization;

namespace AlertLambda.Archive;

/// <summary>One record of a batch.</summary>
public sealed record FirehoseRecord
{
    /// <summary>Firehose's name for it; its answer must bear the same.</summary>
    [JsonPropertyName("recordId")]
    public string? RecordId { get; init; }

    /// <summary>The bytes, as base64: a frame.</summary>
    [JsonPropertyName("data")]
    public string? Data { get; init; }
}
