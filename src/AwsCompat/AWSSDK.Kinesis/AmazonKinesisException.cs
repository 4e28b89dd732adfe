using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>An error that Kinesis answered; the base of its typed errors and itself the type of those not modelled.</summary>
public class AmazonKinesisException : AmazonServiceException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public AmazonKinesisException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public AmazonKinesisException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
