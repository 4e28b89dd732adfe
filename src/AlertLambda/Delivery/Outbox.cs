using AlertLambda.Alerts;
using AlertLambda.Logging;
using Wire.Text;

namespace AlertLambda.Delivery;

/// <summary>
/// Messages that must go out. What fails for a while stays in its place, and the caller waits with it. What is refused, which only a
/// person can repair, is set aside: detection and the other medium go on, and each batch tries it again.
/// </summary>
/// <remarks>In memory, bounded by the caller that waits and by <see cref="RefusedMessages"/>. Not thread-safe: Lambda gives an
/// execution environment one invocation at a time.</remarks>
/// <param name="publisher">The way out.</param>
/// <param name="log">Every failure and every published message is logged by incident id.</param>
public sealed class Outbox(IAlertPublisher publisher, JsonLog log)
{
    private readonly List<AlertMessage> _waiting = [];
    private readonly Dictionary<AlertMedium, RefusedMessages> _refused = Enum.GetValues<AlertMedium>().ToDictionary(m => m, _ => new RefusedMessages());

    /// <summary>Messages not yet published, those set aside included.</summary>
    public int Count => _waiting.Count + RefusedCount;

    /// <summary>Messages set aside.</summary>
    public int RefusedCount => _refused.Values.Sum(refused => refused.Count);

    /// <summary>Puts messages at the end.</summary>
    public void Add(IEnumerable<AlertMessage> messages) => _waiting.AddRange(messages);

    /// <summary>Publishes what waits, oldest first. After a passing failure the other messages of that medium wait too; other media go on.</summary>
    /// <returns>True when nothing waits any more. What is set aside does not count.</returns>
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

            var status = await TryAsync(message, counters, cancellationToken);
            if (status == PublishStatus.Transient)
            {
                failed.Add(message.Medium);
                continue;
            }

            _waiting.Remove(message);
            if (status == PublishStatus.Permanent)
            {
                SetAside(message, counters);
            }
        }

        return _waiting.Count == 0;
    }

    /// <summary>Tries what was set aside: per medium the oldest, and as long as it works the next. Once per batch.</summary>
    public async Task RetryRefusedAsync(BatchCounters counters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(counters);
        foreach (var refused in _refused.Values)
        {
            while (refused.Oldest is { } message)
            {
                var status = await TryAsync(message, counters, cancellationToken);
                if (status == PublishStatus.Transient)
                {
                    break;
                }

                refused.RemoveOldest();
                if (status == PublishStatus.Permanent)
                {
                    // To the end: a message that is refused for its own sake must not stand before the others for ever.
                    SetAside(message, counters);
                    break;
                }
            }
        }
    }

    private void SetAside(AlertMessage message, BatchCounters counters)
    {
        foreach (var dropped in _refused[message.Medium].Add(message))
        {
            counters.AlertsDropped++;
            log.Write(LogLevel.Error, "alert-dropped", json =>
            {
                Identify(json, dropped);
                json.WriteString("reason", "too many refused messages wait: the oldest went");
            });
        }
    }

    private async Task<PublishStatus> TryAsync(AlertMessage message, BatchCounters counters, CancellationToken cancellationToken)
    {
        var result = await publisher.PublishAsync(message, cancellationToken);
        if (result.Status == PublishStatus.Published)
        {
            counters.Published++;
            log.Write(message.IsBrief ? LogLevel.Error : LogLevel.Info, "alert-published", json =>
            {
                Identify(json, message);
                json.WriteBoolean("brief", message.IsBrief);
            });
        }
        else
        {
            counters.CountFailure(result.Status);
            LogFailed(message, result);
        }

        return result.Status;
    }

    private void LogFailed(AlertMessage message, PublishResult result) =>
        log.Write(result.Status == PublishStatus.Permanent ? LogLevel.Error : LogLevel.Warning, "alert-not-published", json =>
        {
            Identify(json, message);
            json.WriteString("failure", result.Status.ToString());
            json.WriteString("reason", SafeText.Escape(result.Reason));
            json.WriteString("next", result.Status == PublishStatus.Permanent
                ? "kept in memory and tried again with each batch: check that the topic exists and that the function may publish to it and use its key"
                : "kept and tried again with the next delivery");
        });

    private static void Identify(System.Text.Json.Utf8JsonWriter json, AlertMessage message)
    {
        json.WriteString("incident", message.IncidentId);
        json.WriteString("medium", message.Medium.ToString());
        json.WriteString("rule", message.Attributes["rule"]);
        json.WriteString("host", message.Attributes["host"]);
    }
}
