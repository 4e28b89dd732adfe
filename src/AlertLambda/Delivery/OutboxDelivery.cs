using System.Text.Json;
using AlertLambda.Alerts;
using AlertLambda.Logging;
using AlertLambda.State;
using Wire.Text;

namespace AlertLambda.Delivery;

/// <summary>
/// Publishes what the store holds, and has it taken out there. What fails for a while stays this process's; what is refused, which only a person can
/// repair, is left to the sweep. Not thread-safe.
/// </summary>
/// <param name="publisher">The way out.</param>
/// <param name="log">Every failure and every published message is logged by incident id.</param>
public sealed class OutboxDelivery(IAlertPublisher publisher, JsonLog log)
{
    /// <summary>Publishes what is due, oldest first. After a passing failure the other messages of that medium wait; other media go on.</summary>
    /// <returns>True when nothing waits here any more. What was refused does not count.</returns>
    public async Task<bool> PublishAsync(EngineItems items, BatchCounters counters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(counters);
        var failed = new HashSet<AlertMedium>();
        foreach (var message in items.Outgoing)
        {
            var medium = message.Entry.Message.Medium;
            if (failed.Contains(medium) || !items.IsOurs(message))
            {
                continue;
            }

            switch (await TryAsync(message.Entry.Message, counters, cancellationToken))
            {
                case PublishStatus.Published:
                    await items.MarkSentAsync(message, counters, cancellationToken);
                    break;
                case PublishStatus.Permanent:
                    counters.AlertsRefused++;
                    items.LeaveToSweep(message);
                    break;
                default:
                    failed.Add(medium);
                    break;
            }
        }

        await items.MarkLeftAsync(counters, cancellationToken);
        return failed.Count == 0;
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
                ? "kept in the table and tried again with each sweep: check that the topic exists and that the function may publish to it and use its key"
                : "kept in the table and tried again with the next delivery, or by the sweep");
        });

    private static void Identify(Utf8JsonWriter json, AlertMessage message)
    {
        json.WriteString("incident", message.IncidentId);
        json.WriteString("medium", message.Medium.ToString());
        json.WriteString("rule", message.Attributes.GetValueOrDefault("rule"));
        json.WriteString("host", message.Attributes.GetValueOrDefault("host"));
    }
}
