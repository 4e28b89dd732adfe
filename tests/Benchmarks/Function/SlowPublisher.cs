using AlertLambda.Alerts;
using AlertLambda.Delivery;

namespace Benchmarks.Function;

/// <summary>Topics that take everything after a while.</summary>
internal sealed class SlowPublisher(TimeSpan latency) : IAlertPublisher
{
    /// <summary>Messages taken.</summary>
    public int Published { get; private set; }

    public async Task<PublishResult> PublishAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        await Task.Delay(latency, cancellationToken);
        Published++;
        return PublishResult.Published;
    }
}
