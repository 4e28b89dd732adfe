using System.Net;
using Amazon.Runtime;

namespace AlertLambda.State;

/// <summary>Which answers of DynamoDB pass by themselves.</summary>
internal static class DynamoErrors
{
    // Names of throttling and of passing states; DynamoDB sends them with status 400.
    private static readonly HashSet<string> Passing =
    [
        "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded", "LimitExceededException", "TransactionConflictException",
        "ReplicatedWriteConflictException", "ExpiredTokenException", "RequestTimeTooSkewed",
    ];

    internal static bool IsTransient(AmazonServiceException e) =>
        e.StatusCode is 0 or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || (e.ErrorCode is { } code && Passing.Contains(code));
}
