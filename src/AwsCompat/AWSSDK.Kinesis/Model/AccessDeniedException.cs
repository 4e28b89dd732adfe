using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The credentials may not do this. Retrying does not help.</summary>
public class AccessDeniedException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public AccessDeniedException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public AccessDeniedException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
