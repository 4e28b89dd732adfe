using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The KMS key of the topic does not exist.</summary>
public class KMSNotFoundException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public KMSNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public KMSNotFoundException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
