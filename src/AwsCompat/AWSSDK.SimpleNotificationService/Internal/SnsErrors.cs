using System.Net;
using Amazon.SimpleNotificationService.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>
/// Gives each error code of the service its exception type; a code not known here gets the base type, with the code in it.
/// </summary>
internal static class SnsErrors
{
    public static AmazonSimpleNotificationServiceException Create(ErrorResponse error, Exception inner, HttpStatusCode status)
    {
        var (message, type, code, id) = (error.Message, error.Type, error.Code, error.RequestId);
        return code switch
        {
            "AuthorizationError" => new AuthorizationErrorException(message, inner, type, code, id, status),
            "EndpointDisabled" => new EndpointDisabledException(message, inner, type, code, id, status),
            "FilterPolicyLimitExceeded" => new FilterPolicyLimitExceededException(message, inner, type, code, id, status),
            "InternalError" => new InternalErrorException(message, inner, type, code, id, status),
            "InvalidParameter" => new InvalidParameterException(message, inner, type, code, id, status),
            "ParameterValueInvalid" => new InvalidParameterValueException(message, inner, type, code, id, status),
            "InvalidSecurity" => new InvalidSecurityException(message, inner, type, code, id, status),
            "KMSAccessDenied" => new KMSAccessDeniedException(message, inner, type, code, id, status),
            "KMSDisabled" => new KMSDisabledException(message, inner, type, code, id, status),
            "KMSInvalidState" => new KMSInvalidStateException(message, inner, type, code, id, status),
            "KMSNotFound" => new KMSNotFoundException(message, inner, type, code, id, status),
            "KMSOptInRequired" => new KMSOptInRequiredException(message, inner, type, code, id, status),
            "KMSThrottling" => new KMSThrottlingException(message, inner, type, code, id, status),
            "NotFound" => new NotFoundException(message, inner, type, code, id, status),
            "SubscriptionLimitExceeded" => new SubscriptionLimitExceededException(message, inner, type, code, id, status),
            "Throttled" => new ThrottledException(message, inner, type, code, id, status),
            "TopicLimitExceeded" => new TopicLimitExceededException(message, inner, type, code, id, status),
            _ => new AmazonSimpleNotificationServiceException(message, inner, type, code, id, status),
        };
    }
}
