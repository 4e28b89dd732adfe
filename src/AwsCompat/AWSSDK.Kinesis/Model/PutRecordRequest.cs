namespace Amazon.Kinesis.Model;

/// <summary>One record to be written.</summary>
public class PutRecordRequest : AmazonKinesisRequest
{
    /// <summary>The bytes, taken from the start of the stream whatever its position.</summary>
    public MemoryStream? Data { get; set; }

    /// <summary>A 128-bit decimal number that chooses the shard in place of the partition key.</summary>
    public string? ExplicitHashKey { get; set; }

    /// <summary>1 to 256 characters; its MD5 chooses the shard. Required.</summary>
    public string? PartitionKey { get; set; }

    /// <summary>The sequence number of this producer's record before: the new one is then surely greater.</summary>
    public string? SequenceNumberForOrdering { get; set; }

    /// <summary>The ARN of the stream; this or the name is required.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The name of the stream; this or the ARN is required.</summary>
    public string? StreamName { get; set; }
}
