using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Where the record was written.</summary>
public class PutRecordResponse : AmazonWebServiceResponse
{
    /// <summary>How the record is kept at rest.</summary>
    public EncryptionType? EncryptionType { get; set; }

    /// <summary>Its number, growing within the shard; decimal text.</summary>
    public string? SequenceNumber { get; set; }

    /// <summary>The shard.</summary>
    public string? ShardId { get; set; }
}
