namespace Amazon.Kinesis.Model;

/// <summary>Asks for the records from an iterator on.</summary>
public class GetRecordsRequest : AmazonKinesisRequest
{
    /// <summary>At most so many, 1 to 10000.</summary>
    public int? Limit { get; set; }

    /// <summary>The place to read from; required.</summary>
    public string? ShardIterator { get; set; }

    /// <summary>The ARN of the stream; optional.</summary>
    public string? StreamARN { get; set; }
}
