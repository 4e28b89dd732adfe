using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The rate of requests is above the account's limit. Worth a retry, later and slower.</summary>
public class ThrottledException : AmazonSimpleNotificationServiceException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public ThrottledException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public ThrottledException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
