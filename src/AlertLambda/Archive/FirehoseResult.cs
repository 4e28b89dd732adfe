using System.Text.Json.Serialization;

namespace AlertLambda.Archive;

/// <summary>What became of one record.</summary>
public sealed record FirehoseResult
{
    /// <summary>It was transformed.</summary>
    public const string Ok = "Ok";

    /// <summary>There is nothing in it to keep.</summary>
    public const string Dropped = "Dropped";

    /// <summary>It could not be transformed: Firehose keeps the bytes as they came, under its prefix for errors.</summary>
    public const string Failed = "ProcessingFailed";

    /// <summary>The name that the record came with.</summary>
    [JsonPropertyName("recordId")]
    public required string RecordId { get; init; }

    /// <summary>One of the three.</summary>
    [JsonPropertyName("result")]
    public required string Result { get; init; }

    /// <summary>What goes on, as base64 in JSON; only when the result is <see cref="Ok"/>.</summary>
    [JsonPropertyName("data")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Data { get; init; }
}
