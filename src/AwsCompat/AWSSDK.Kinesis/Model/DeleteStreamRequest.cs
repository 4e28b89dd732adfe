namespace Amazon.Kinesis.Model;

/// <summary>Asks for the end of a stream and of all its records.</summary>
public class DeleteStreamRequest : AmazonKinesisRequest
{
    /// <summary>Whether registered consumers go too; otherwise they block the call.</summary>
    public bool? EnforceConsumerDeletion { get; set; }

    /// <summary>The ARN of the stream; this or the name is required.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The name of the stream; this or the ARN is required.</summary>
    public string? StreamName { get; set; }
}
