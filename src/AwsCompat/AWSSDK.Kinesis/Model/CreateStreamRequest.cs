namespace Amazon.Kinesis.Model;

/// <summary>Asks for a new stream. It is CREATING first, and usable once it is ACTIVE.</summary>
public class CreateStreamRequest : AmazonKinesisRequest
{
    /// <summary>The number of shards; only in mode PROVISIONED.</summary>
    public int? ShardCount { get; set; }

    /// <summary>1 to 128 of letters, digits, underscore, hyphen and full stop.</summary>
    public string? StreamName { get; set; }

    /// <summary>The capacity mode; PROVISIONED if absent.</summary>
    public StreamModeDetails? StreamModeDetails { get; set; }
}
