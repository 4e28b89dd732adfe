using System.Net;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Internal;

/// <summary>
/// Gives each error code of the service its exception type; a code not known here gets the base type, with the code in it.
/// </summary>
internal static class KinesisErrors
{
    public static AmazonKinesisException Create(ErrorResponse error, Exception inner, HttpStatusCode status)
    {
        var (message, type, code, id) = (error.Message, error.Type, error.Code, error.RequestId);
        return code switch
        {
            "AccessDeniedException" => new AccessDeniedException(message, inner, type, code, id, status),
            "ExpiredIteratorException" => new ExpiredIteratorException(message, inner, type, code, id, status),
            "ExpiredNextTokenException" => new ExpiredNextTokenException(message, inner, type, code, id, status),
            "InternalFailureException" => new InternalFailureException(message, inner, type, code, id, status),
            "InvalidArgumentException" => new InvalidArgumentException(message, inner, type, code, id, status),
            "KMSAccessDeniedException" => new KMSAccessDeniedException(message, inner, type, code, id, status),
            "KMSDisabledException" => new KMSDisabledException(message, inner, type, code, id, status),
            "KMSInvalidStateException" => new KMSInvalidStateException(message, inner, type, code, id, status),
            "KMSNotFoundException" => new KMSNotFoundException(message, inner, type, code, id, status),
            "KMSOptInRequired" => new KMSOptInRequiredException(message, inner, type, code, id, status),
            "KMSThrottlingException" => new KMSThrottlingException(message, inner, type, code, id, status),
            "LimitExceededException" => new LimitExceededException(message, inner, type, code, id, status),
            "ProvisionedThroughputExceededException" => new ProvisionedThroughputExceededException(message, inner, type, code, id, status),
            "ResourceInUseException" => new ResourceInUseException(message, inner, type, code, id, status),
            "ResourceNotFoundException" => new ResourceNotFoundException(message, inner, type, code, id, status),
            _ => new AmazonKinesisException(message, inner, type, code, id, status),
        };
    }
}
