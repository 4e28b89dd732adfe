using AlertLambda.Alerts;
using AlertLambda.Delivery;

namespace LocalPipeline.Delivery;

/// <summary>Shows alerts on the terminal: the text that AWS would send by e-mail. Chat messages carry the same and are only counted.</summary>
internal sealed class ConsoleAlertPublisher(TextWriter output) : IAlertPublisher
{
    private const int Width = 100;
    private static readonly string Rule = new('━', Width);

    /// <summary>Called for every message after it was shown, with the time it was published.</summary>
    internal Action<AlertMessage, DateTimeOffset>? Published { get; set; }

    /// <inheritdoc/>
    public async Task<PublishResult> PublishAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (message.Medium == AlertMedium.Email)
        {
            var text = $"{Rule}{Environment.NewLine}🔔 ALERT {message.Subject}{Environment.NewLine}{Rule}{Environment.NewLine}"
                + $"{message.Body.TrimEnd()}{Environment.NewLine}{Rule}";
            await output.WriteLineAsync(text.AsMemory(), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        Published?.Invoke(message, now);
        return PublishResult.Published;
    }
}
