using System.Net;
using AlertLambda.Alerts;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace AlertLambda.Delivery;

/// <summary>Publishes to SNS topics, one per medium.</summary>
/// <remarks>
/// A topic each, because SNS sends message attributes (which subscribers filter by) only with the message structure String, so one
/// message cannot hold a text per protocol. Thread-safe.
/// </remarks>
/// <param name="sns">Client; belongs to the caller.</param>
/// <param name="emailTopicArn">Topic with e-mail subscriptions.</param>
/// <param name="chatTopicArn">Topic of the chat channel configuration.</param>
/// <param name="findingsTopicArn">Topic for programs; null = no findings are written.</param>
public sealed class SnsAlertPublisher(
    IAmazonSimpleNotificationService sns, string emailTopicArn, string chatTopicArn, string? findingsTopicArn = null) : IAlertPublisher
{
    /// <inheritdoc/>
    public async Task<PublishResult> PublishAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var request = new PublishRequest
        {
            TopicArn = TopicOf(message.Medium),
            Subject = message.Subject,
            Message = message.Body,
            MessageAttributes = message.Attributes.ToDictionary(
                a => a.Key, a => new MessageAttributeValue { DataType = "String", StringValue = a.Value }),
        };
        try
        {
            await sns.PublishAsync(request, cancellationToken);
            return PublishResult.Published;
        }
        catch (AmazonServiceException e)
        {
            return new PublishResult(IsPermanent(e) ? PublishStatus.Permanent : PublishStatus.Transient, $"{e.ErrorCode}: {e.Message}");
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
        {
            // Not an answer of SNS: no connection, no credentials yet, no time left.
            return new PublishResult(PublishStatus.Transient, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private string TopicOf(AlertMedium medium) => medium switch
    {
        AlertMedium.Email => emailTopicArn,
        AlertMedium.Chat => chatTopicArn,
        _ => findingsTopicArn ?? throw new InvalidOperationException("findings are written, and there is no topic for them"),
    };

    // SNS names a throttled request by code, under status 400 as well as 429.
    private static bool IsPermanent(AmazonServiceException e) =>
        e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
        && e.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
        && e.ErrorCode?.Contains("Thrott", StringComparison.OrdinalIgnoreCase) != true;
}
