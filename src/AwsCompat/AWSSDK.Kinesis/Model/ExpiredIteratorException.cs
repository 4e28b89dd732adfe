using System.Net;
using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The shard iterator is older than five minutes. Ask for a new one after the last sequence number read.</summary>
public class ExpiredIteratorException : AmazonKinesisException
{
    /// <summary>An error that did not come from the service, for example of a fake.</summary>
    public ExpiredIteratorException(string message)
        : base(message)
    {
    }

    /// <summary>An error as the service answered it.</summary>
    public ExpiredIteratorException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
