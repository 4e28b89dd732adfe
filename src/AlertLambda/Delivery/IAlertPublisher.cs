using AlertLambda.Alerts;

namespace AlertLambda.Delivery;

/// <summary>The way out of the process.</summary>
public interface IAlertPublisher
{
    /// <summary>Publishes one message to the topic of its medium. Failures are results, not exceptions.</summary>
    Task<PublishResult> PublishAsync(AlertMessage message, CancellationToken cancellationToken);
}
