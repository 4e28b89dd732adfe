namespace Amazon.Kinesis.Model;

/// <summary>Asks for a place in a shard to read from.</summary>
public class GetShardIteratorRequest : AmazonKinesisRequest
{
    /// <summary>The shard; required.</summary>
    public string? ShardId { get; set; }

    /// <summary>Which place; required.</summary>
    public ShardIteratorType? ShardIteratorType { get; set; }

    /// <summary>The record for the types AT_ and AFTER_SEQUENCE_NUMBER.</summary>
    public string? StartingSequenceNumber { get; set; }

    /// <summary>The time for the type AT_TIMESTAMP.</summary>
    public DateTime? Timestamp { get; set; }

    /// <summary>The ARN of the stream; this or the name is required.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The name of the stream; this or the ARN is required.</summary>
    public string? StreamName { get; set; }
}
