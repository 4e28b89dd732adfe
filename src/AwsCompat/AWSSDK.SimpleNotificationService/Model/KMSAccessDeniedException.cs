using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The credentials may not use the KMS key of the topic.</summary>
public class KMSAccessDeniedException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public KMSAccessDeniedException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public KMSAccessDeniedException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
