using System.Text.Json.Serialization;

namespace AlertLambda.Archive;

/// <summary>What became of a batch.</summary>
/// <param name="Records">One entry for each record, in its order.</param>
public sealed record FirehoseAnswer([property: JsonPropertyName("records")] IReadOnlyList<FirehoseResult> Records);
