using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A limit of the account or of the call rate is exceeded.</summary>
public class LimitExceededException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public LimitExceededException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
