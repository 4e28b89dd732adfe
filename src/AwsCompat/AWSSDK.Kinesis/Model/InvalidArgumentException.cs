using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A parameter is out of its range or the combination is not allowed. Retrying does not help.</summary>
public class InvalidArgumentException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public InvalidArgumentException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public InvalidArgumentException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
