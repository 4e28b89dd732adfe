using System.Globalization;
using System.Text;
using Wire.Text;

namespace EdgeAgent.Health;

/// <summary>Metrics in the text format of Prometheus, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/).</summary>
internal static class PrometheusText
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>All metrics that have values, UTF-8.</summary>
    internal static byte[] Write(AgentHealth health)
    {
        var text = new StringBuilder();
        foreach (var metric in HealthMetrics.All)
        {
            var begun = false;
            foreach (var value in metric.Values(health))
            {
                if (!begun)
                {
                    text.Append("# HELP ").Append(metric.PrometheusName).Append(' ').Append(EscapeHelp(metric.Description)).Append('\n');
                    text.Append("# TYPE ").Append(metric.PrometheusName).Append(metric.IsCounter ? " counter\n" : " gauge\n");
                    begun = true;
                }

                Write(text.Append(metric.PrometheusName), value);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, in MetricValue value)
    {
        for (var i = 0; i < value.Labels.Length; i++)
        {
            var (name, label) = value.Labels[i];
            text.Append(i == 0 ? '{' : ',').Append(name).Append("=\"").Append(EscapeLabel(label)).Append('"');
        }

        text.Append(value.Labels.Length > 0 ? "} " : " ").Append(value.Value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>First for people who look at it in a terminal, then for the format.</summary>
    private static string EscapeLabel(string text) => SafeText.Escape(text)
        .Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string EscapeHelp(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
