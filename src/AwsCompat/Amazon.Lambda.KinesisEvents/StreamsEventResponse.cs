using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisEvents;

/// <summary>
/// The answer of a function under <c>ReportBatchItemFailures</c>. Lambda goes on from the lowest sequence number named; an empty
/// or null list means that the whole batch is done.
/// </summary>
public class StreamsEventResponse
{
    /// <summary>The records to deliver again. For an ordered stream the first failed one is enough.</summary>
    [JsonPropertyName("batchItemFailures")]
    public IList<BatchItemFailure>? BatchItemFailures { get; set; }

    /// <summary>One record that failed.</summary>
    public class BatchItemFailure
    {
        /// <summary>Its sequence number. Null or empty fails the whole batch.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string? ItemIdentifier { get; set; }
    }
}
