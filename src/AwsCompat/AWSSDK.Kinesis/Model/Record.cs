namespace Amazon.Kinesis.Model;

/// <summary>One record of a stream.</summary>
public class Record
{
    /// <summary>When it was stored, UTC, to the millisecond.</summary>
    public DateTime? ApproximateArrivalTimestamp { get; set; }

    /// <summary>The bytes.</summary>
    public MemoryStream? Data { get; set; }

    /// <summary>How it is kept at rest.</summary>
    public EncryptionType? EncryptionType { get; set; }

    /// <summary>The key its producer gave.</summary>
    public string? PartitionKey { get; set; }

    /// <summary>Its number, growing within the shard; decimal text.</summary>
    public string? SequenceNumber { get; set; }
}
