using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The shard takes or gives no more for now. Worth a retry, later and slower.</summary>
public class ProvisionedThroughputExceededException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public ProvisionedThroughputExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public ProvisionedThroughputExceededException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
