namespace Amazon.Kinesis.Model;

/// <summary>Asks for the state of a stream, without its shards.</summary>
public class DescribeStreamSummaryRequest : AmazonKinesisRequest
{
    /// <summary>The ARN of the stream; this or the name is required.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The name of the stream; this or the ARN is required.</summary>
    public string? StreamName { get; set; }
}
