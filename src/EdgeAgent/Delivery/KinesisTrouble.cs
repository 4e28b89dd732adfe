using System.Net;
using System.Text.Json;
using Amazon.Runtime;

namespace EdgeAgent.Delivery;

/// <summary>What an error of Kinesis, of the network or of the credentials means, and what a person has to do.</summary>
/// <remarks>
/// Codes: API reference of Kinesis Data Streams, PutRecord and Common Errors. Only what is wrong with the record itself is refused: all else passes, or
/// is repaired while the agent runs.
/// </remarks>
internal static class KinesisTrouble
{
    private const string Credentials = "the host's role, or the credentials that its profile or environment names";
    private const string Clock = "this host's clock is wrong: set it (timedatectl, chronyc tracking); requests are signed with it";

    /// <summary>An answer that says yes, and not under which number the stream has the record.</summary>
    internal static readonly ShipOutcome NoReceipt = Retry(
        "broken", "an answer that is none of Kinesis, for it has no sequence number: look at kinesis.endpoint and at what stands between this host and it");

    /// <summary>What an answer of the service means.</summary>
    internal static ShipOutcome Of(AmazonServiceException e) => e.ErrorCode switch
    {
        "ProvisionedThroughputExceededException" or "LimitExceededException" or "ThrottlingException" or "Throttling" or "RequestThrottled"
            or "RequestThrottledException" or "TooManyRequestsException" => Retry("throttled", "throttled: the stream needs more shards"),
        "ResourceNotFoundException" => Retry(
            "stream", "the stream does not exist in this region and account: check kinesis.streamName and kinesis.region"),
        "AccessDeniedException" or "AccessDenied" or "NotAuthorized" or "UnauthorizedOperation" => Retry(
            "denied", $"not allowed ({e.Message}): give the host's role kinesis:PutRecord on the stream; look at the policies of the stream, the VPC endpoint and the organisation, too"),
        "OptInRequired" or "SubscriptionRequiredException" => Retry("opt-in", "the account may not use Kinesis in this region: sign it up"),
        "KMSAccessDeniedException" => Retry(
            "kms-denied", $"not allowed to use the stream's KMS key ({e.Message}): give the host's role kms:GenerateDataKey on it, in its policy and in the key's"),
        "KMSDisabledException" => Retry("kms-disabled", $"the stream's KMS key is disabled ({e.Message}): enable it"),
        "KMSInvalidStateException" => Retry(
            "kms-state", $"the stream's KMS key cannot be used in its state ({e.Message}): if it waits for its deletion, cancel that and enable it"),
        "KMSNotFoundException" => Retry("kms-missing", $"the stream's KMS key does not exist ({e.Message}): give the stream another key"),
        "KMSOptInRequired" => Retry("kms-opt-in", $"the account may not use KMS ({e.Message}): sign it up"),
        "KMSThrottlingException" => Retry("kms-throttled", "KMS is throttled: ask for a higher request quota of KMS, or for fewer, larger frames (batch.*)"),
        "ExpiredTokenException" or "ExpiredToken" => Retry("expired", $"the credentials have expired: renew {Credentials}"),
        "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidAccessKeyId" or "AuthFailure" or "InvalidToken" => Retry(
            "unknown-key", $"AWS does not know the credentials: they were deleted, or are of another partition; check {Credentials}"),
        "MissingAuthenticationTokenException" or "MissingAuthenticationToken" or "IncompleteSignatureException" or "IncompleteSignature" => Retry(
            "unsigned", $"the request came without a whole signature: check kinesis.endpoint, what stands between it and this host, and {Credentials}"),
        "RequestExpired" or "RequestExpiredException" or "RequestTimeTooSkewed" or "RequestInTheFuture" => Retry("clock", Clock),
        "InvalidSignatureException" or "SignatureDoesNotMatch" => OfSignature(e.Message),
        "ValidationException" or "ValidationError" => OfValidation(e.Message),
        "InvalidArgumentException" or "SerializationException" => Refused(e),
        _ when e.StatusCode == HttpStatusCode.RequestEntityTooLarge => Refused(e),
        _ when (int)e.StatusCode >= 500 => Retry("service", $"the service has trouble ({e.ErrorCode} {(int)e.StatusCode})"),
        _ when Find<HttpRequestException>(e) is { } network => OfNetwork(network),

        // An answer that the SDK could not read.
        null or "" => Retry("broken", $"an answer that is none of Kinesis ({e.Message}): look at kinesis.endpoint and at what stands between this host and it"),
        var code => Retry($"other {code}", $"{code}: {e.Message}"),
    };

    /// <summary>What it means that there is no answer; null for what is no trouble but a bug.</summary>
    internal static ShipOutcome? Of(Exception e) => e switch
    {
        AmazonServiceException service => Of(service),
        _ when Find<HttpRequestException>(e) is { } network => OfNetwork(network),
        AmazonClientException when e.Message.Contains("redential", StringComparison.Ordinal)
            || e.Message.Contains("IAM", StringComparison.Ordinal) || e.Message.Contains("Metadata Service", StringComparison.Ordinal) => Retry(
            "no-credentials", $"no credentials ({e.Message}): give the host a role with kinesis:PutRecord on the stream, or name a profile"),
        AmazonClientException => Retry("client", $"no answer: {e.Message}"),
        IOException or JsonException => Retry("broken", "an answer broke off: look at what stands between this host and kinesis.endpoint"),
        _ => null,
    };

    private static ShipOutcome OfSignature(string message) =>
        message.Contains("expired", StringComparison.OrdinalIgnoreCase) || message.Contains("not yet current", StringComparison.OrdinalIgnoreCase)
            ? Retry("clock", Clock)
            : message.Contains("region", StringComparison.OrdinalIgnoreCase)
                ? Retry("region", $"the address is of another region ({message}): kinesis.region and kinesis.endpoint must name the stream's")
                : Retry("secret", $"the signature does not fit: the secret key is not that of the access key; check {Credentials}");

    /// <summary>Of a name that the options gave, every record would be refused: it waits until somebody mends it.</summary>
    private static ShipOutcome OfValidation(string message) => message.Contains("'data'", StringComparison.OrdinalIgnoreCase)
        || message.Contains("'partitionKey'", StringComparison.OrdinalIgnoreCase) || message.Contains("record", StringComparison.OrdinalIgnoreCase)
        ? ShipOutcome.Refused(message, "validation")
        : Retry("validation", $"the service does not accept the request ({message}): check kinesis.streamName and hostId");

    private static ShipOutcome OfNetwork(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => Retry(
            "name", $"the service's address is not found ({e.Message}): check kinesis.region and kinesis.endpoint, and this host's DNS"),
        HttpRequestError.SecureConnectionError => Retry(
            "tls", $"no secure connection ({e.Message}): look at this host's clock and CA certificates, and at what stands between"),
        HttpRequestError.ConnectionError => Retry(
            "connection", $"cannot reach the service ({e.Message}): look at routes, security groups and the VPC endpoint"),
        _ => Retry("broken", "an answer broke off: look at what stands between this host and kinesis.endpoint"),
    };

    private static T? Find<T>(Exception e)
        where T : Exception
    {
        for (var at = e; at is not null; at = at.InnerException)
        {
            if (at is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static ShipOutcome Retry(string state, string reason) => ShipOutcome.Retry(reason, state);

    private static ShipOutcome Refused(AmazonServiceException e) => ShipOutcome.Refused($"{e.ErrorCode}: {e.Message}", "refused");
}
