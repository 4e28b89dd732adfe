using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The credentials may not do this. Retrying does not help.</summary>
public class AuthorizationErrorException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public AuthorizationErrorException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public AuthorizationErrorException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
