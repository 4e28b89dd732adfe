using System.Text.Json;
using Detection;
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
        ("gaps", c => c.Gaps),
        ("firings", c => c.Firings),
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
        ("replayed", c => c.Replayed),
        ("replayFaults", c => c.ReplayFaults),
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
            var values = Metrics.Select(metric => (metric.Name, Value: metric.Value(result.Counters))).ToList();
            values.ForEach(metric => json.WriteNumber(metric.Name, metric.Value));

            if (result.DearestRules.Count > 0)
            {
                WriteRules(json, result.DearestRules);
            }

            if (result.Reason != StopReason.None)
            {
                json.WriteString("stopped", result.Reason.ToString());
                json.WriteString("stoppedAt", result.StoppedAt?.SequenceNumber);
                json.WriteString("fault", result.Fault is null ? null : SafeText.Escape(result.Fault));
            }

            MetricHeader.Write(json, now, values);
        });
    }

    // A field of the line, not a metric with a dimension: of 150 rules that would cost $45 a month.
    private static void WriteRules(Utf8JsonWriter json, IReadOnlyList<RuleWork> rules)
    {
        json.WriteStartArray("dearestRules");
        foreach (var work in rules)
        {
            json.WriteStartObject();
            json.WriteString("rule", SafeText.Escape(work.Rule.Id));
            json.WriteNumber("steps", work.Steps);
            json.WriteNumber("found", work.Found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
