using AlertLambda.Alerts;
using AlertLambda.Logging;

namespace AlertLambda.Delivery;

/// <summary>
/// Messages that must go out. What cannot be published stays and is tried at the next call; nothing is dropped. Kept in memory:
/// bounded, because the pipeline takes no further record while something is left.
/// </summary>
/// <remarks>Not thread-safe: Lambda gives an execution environment one invocation at a time.</remarks>
/// <param name="publisher">The way out.</param>
/// <param name="log">Every failure and every published message is logged by incident id.</param>
public sealed class Outbox(IAlertPublisher publisher, JsonLog log)
{
    private readonly List<AlertMessage> _waiting = [];

    /// <summary>Messages not yet published.</summary>
    public int Count => _waiting.Count;

    /// <summary>Puts messages at the end.</summary>
    public void Add(IEnumerable<AlertMessage> messages) => _waiting.AddRange(messages);

    /// <summary>Publishes what waits, oldest first. After a failure the other messages of that medium wait too; other media go on.</summary>
    /// <returns>True when nothing is left.</returns>
    public async Task<bool> PublishAsync(BatchCounters counters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(counters);
        var failed = new HashSet<AlertMedium>();
        foreach (var message in _waiting.ToList())
        {
            if (failed.Contains(message.Medium))
            {
                continue;
            }

            var result = await publisher.PublishAsync(message, cancellationToken);
            if (result.Status == PublishStatus.Published)
            {
                _waiting.Remove(message);
                counters.Published++;
                LogPublished(message);
            }
            else
            {
                failed.Add(message.Medium);
                counters.CountFailure(result.Status);
                LogFailed(message, result);
            }
        }

        return _waiting.Count == 0;
    }

    private void LogPublished(AlertMessage message) => log.Write(LogLevel.Info, "alert-published", json =>
    {
        json.WriteString("incident", message.IncidentId);
        json.WriteString("medium", message.Medium.ToString());
        json.WriteString("rule", message.Attributes["rule"]);
    });

    private void LogFailed(AlertMessage message, PublishResult result) =>
        log.Write(result.Status == PublishStatus.Permanent ? LogLevel.Error : LogLevel.Warning, "alert-not-published", json =>
        {
            json.WriteString("incident", message.IncidentId);
            json.WriteString("medium", message.Medium.ToString());
            json.WriteString("rule", message.Attributes["rule"]);
            json.WriteString("failure", result.Status.ToString());
            json.WriteString("reason", Wire.Text.SafeText.Escape(result.Reason));
            json.WriteString("next", result.Status == PublishStatus.Permanent
                ? "kept and tried again; detection waits: check that the topic exists and that the function may publish to it and use its key"
                : "kept and tried again with the next delivery");
        });
}
