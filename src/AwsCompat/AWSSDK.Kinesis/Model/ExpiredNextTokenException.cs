using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The token of a list is older than five minutes. Start the list again.</summary>
public class ExpiredNextTokenException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public ExpiredNextTokenException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public ExpiredNextTokenException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
