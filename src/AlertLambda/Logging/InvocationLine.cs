using System.Text.Json;
using AlertLambda.Delivery;

namespace AlertLambda.Logging;

/// <summary>
/// The line that ends every invocation: all counters, and the header by which CloudWatch makes metrics of them (embedded metric
/// format), so that alarms need no filter on the log.
/// </summary>
public static class InvocationLine
{
    /// <summary>CloudWatch namespace of the metrics; dimension <c>environment</c>.</summary>
    public const string MetricNamespace = "EdgePipeline";

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
            }

            Header(json, now);
        });
    }

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    private static void Header(Utf8JsonWriter json, DateTimeOffset now)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", MetricNamespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue("environment");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var (name, _) in Metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name", name);
            json.WriteString("Unit", "Count");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
