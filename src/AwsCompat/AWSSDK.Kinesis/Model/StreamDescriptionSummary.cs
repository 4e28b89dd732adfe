namespace Amazon.Kinesis.Model;

/// <summary>The state of a stream, without its shards.</summary>
public class StreamDescriptionSummary
{
    /// <summary>The number of consumers with enhanced fan-out.</summary>
    public int? ConsumerCount { get; set; }

    /// <summary>How records are kept at rest.</summary>
    public EncryptionType? EncryptionType { get; set; }

    /// <summary>The KMS key, if encrypted.</summary>
    public string? KeyId { get; set; }

    /// <summary>The number of shards that take records.</summary>
    public int? OpenShardCount { get; set; }

    /// <summary>How long records are kept, in hours.</summary>
    public int? RetentionPeriodHours { get; set; }

    /// <summary>The ARN of the stream.</summary>
    public string? StreamARN { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime? StreamCreationTimestamp { get; set; }

    /// <summary>The capacity mode.</summary>
    public StreamModeDetails? StreamModeDetails { get; set; }

    /// <summary>The name of the stream.</summary>
    public string? StreamName { get; set; }

    /// <summary>Its state.</summary>
    public StreamStatus? StreamStatus { get; set; }
}
