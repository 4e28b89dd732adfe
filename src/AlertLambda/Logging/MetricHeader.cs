using System.Text.Json;

namespace AlertLambda.Logging;

/// <summary>The member by which CloudWatch makes metrics of the numbers of a log line (embedded metric format). It ends the line.</summary>
/// <remarks>
/// A number that is 0 is in the line, but no metric: a metric costs by the hour in which it has a value, and nearly all of them count what nearly never happens. Alarms
/// take what is missing for good.
/// </remarks>
public static class MetricHeader
{
    /// <summary>CloudWatch namespace of the metrics; dimension <c>environment</c>.</summary>
    public const string Namespace = "EdgePipeline";

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    internal static void Write(Utf8JsonWriter json, DateTimeOffset now, IEnumerable<(string Name, double Value)> metrics)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", Namespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue("environment");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var (name, _) in metrics.Where(metric => metric.Value != 0))
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
