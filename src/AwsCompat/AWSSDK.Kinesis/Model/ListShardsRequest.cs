namespace Amazon.Kinesis.Model;

/// <summary>Asks for the shards of a stream, page by page.</summary>
public class ListShardsRequest : AmazonKinesisRequest
{
    /// <summary>The size of a page, 1 to 10000.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Where the page before ended; then neither name nor ARN may be given.</summary>
    public string? NextToken { get; set; }

    /// <summary>The ARN of the stream; this or the name is required.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The name of the stream; this or the ARN is required.</summary>
    public string? StreamName { get; set; }
}
