using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The signature of the request is not valid.</summary>
public class InvalidSecurityException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public InvalidSecurityException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public InvalidSecurityException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
