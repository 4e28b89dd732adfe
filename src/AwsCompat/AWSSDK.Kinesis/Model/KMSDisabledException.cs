using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The KMS key of the stream is disabled.</summary>
public class KMSDisabledException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public KMSDisabledException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public KMSDisabledException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
