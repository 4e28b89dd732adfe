using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>KMS throttles the requests of this account. Worth a retry, later.</summary>
public class KMSThrottlingException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public KMSThrottlingException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public KMSThrottlingException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
