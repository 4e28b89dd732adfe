using System.Text.Json;
using Wire.Text;

namespace AlertLambda.Logging;

/// <summary>
/// The line that ends every invocation: all counters, and the header by which CloudWatch makes metrics of them (embedded metric
/// format), so that alarms need no filter on the log.
/// </summary>
public static class InvocationLine
{
    private static readonly (string Name, Func<BatchCounters, double> Value)[] Metrics =
    [
        ("records", c => c.Records),
        ("frames", c => c.Frames),
        ("events", c => c.Events),
        ("duplicates", c => c.Duplicates),
        ("unknownEvents", c => c.UnknownEvents),
        ("evicted", c => c.Evicted),
        ("late", c => c.Late),
        ("beyondLateness", c => c.BeyondLateness),
        ("unknownVerdicts", c => c.UnknownVerdicts),
        ("missingGroupFields", c => c.MissingGroupFields),
        ("lostOnHost", c => c.LostOnHost),
        ("incidents", c => c.Incidents),
        ("published", c => c.Published),
        ("undecodable", c => c.Undecodable),
        ("faults", c => c.Faults),
        ("quarantined", c => c.Quarantined),
        ("publishFailedTransient", c => c.PublishFailedTransient),
        ("publishFailedPermanent", c => c.PublishFailedPermanent),
        ("alertsRefused", c => c.AlertsRefused),
        ("alertsDropped", c => c.AlertsDropped),
        ("itemsLoaded", c => c.ItemsLoaded),
        ("itemsWritten", c => c.ItemsWritten),
        ("stateBytes", c => c.StateBytes),
        ("commitConflicts", c => c.Conflicts),
        ("storeFailures", c => c.StoreFailures),
        ("itemsDamaged", c => c.ItemsDamaged),
    ];

    /// <summary>Writes the line.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="environment">Name of the deployment.</param>
    /// <param name="requestId">Id of the invocation.</param>
    /// <param name="result">How the batch ended.</param>
    /// <param name="received">Records in the batch.</param>
    /// <param name="now">Time of the metrics.</param>
    public static void Write(JsonLog log, string environment, string requestId, BatchResult result, int received, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(result);
        log.Write(result.Reason == StopReason.None ? LogLevel.Info : LogLevel.Warning, "invocation", json =>
        {
            json.WriteString("environment", environment);
            json.WriteString("requestId", requestId);
            json.WriteNumber("received", received);
            foreach (var (name, value) in Metrics)
            {
                json.WriteNumber(name, value(result.Counters));
            }

            if (result.Reason != StopReason.None)
            {
                json.WriteString("stopped", result.Reason.ToString());
                json.WriteString("stoppedAt", result.StoppedAt?.SequenceNumber);
                json.WriteString("fault", result.Fault is null ? null : SafeText.Escape(result.Fault));
            }

            MetricHeader.Write(json, now, Metrics.Select(metric => metric.Name));
        });
    }
}
