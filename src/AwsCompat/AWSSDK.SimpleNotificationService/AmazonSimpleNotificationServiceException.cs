using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService;

/// <summary>An error that SNS answered; the base of its typed errors and itself the type of those not modelled.</summary>
public class AmazonSimpleNotificationServiceException : AmazonServiceException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public AmazonSimpleNotificationServiceException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public AmazonSimpleNotificationServiceException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
