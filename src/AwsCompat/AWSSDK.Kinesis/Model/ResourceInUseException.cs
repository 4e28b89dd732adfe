using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream exists already or is not in the state the call needs.</summary>
public class ResourceInUseException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public ResourceInUseException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public ResourceInUseException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
