using System.Buffers;
using System.Text;
using System.Text.Json;
using AlertLambda.Alerts;
using AlertLambda.Findings;

namespace AlertLambda.Ocsf;

/// <summary>A finding about the telemetry itself, as programs read it: an OCSF Detection Finding (class 2004) on one line. Pure.</summary>
internal static class OcsfTelemetry
{
    private const int TextLength = 2048;
    private const int OtherAnalytic = 99;

    /// <summary>The JSON.</summary>
    /// <param name="finding">As it begins, or is over.</param>
    /// <param name="text">What is said of its kind.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="environment">Name of the deployment.</param>
    internal static string Write(Finding finding, FindingText text, IReadOnlyList<FindingFact> facts, string environment)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, OcsfWriter.Options))
        {
            var ocsf = new OcsfWriter(json, TextLength);
            json.WriteStartObject();
            OcsfEvent.Classification(json, Kind(finding));
            json.WriteNumber("time", finding.ToMs);
            json.WriteNumber("start_time", finding.FromMs);
            json.WriteNumber("end_time", finding.ToMs);
            OcsfFinding.Severity(json, text.Level);
            OcsfFinding.Status(json, finding.IsOver);
            json.WriteBoolean("is_alert", !finding.IsOver);
            json.WriteString("message", text.Title);
            Metadata(ocsf, finding);
            Info(ocsf, finding, text);
            if (finding.Host is { } host)
            {
                OcsfHost.Write(ocsf, host);
            }

            json.WriteStartObject("remediation");
            json.WriteString("desc", string.Join('\n', text.NextSteps));
            json.WriteEndObject();
            Unmapped(ocsf, facts, environment);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static OcsfKind Kind(Finding finding) => finding.IsOver
        ? new OcsfKind(OcsfSchema.FindingClass, "Detection Finding", 3, "Close")
        : new OcsfKind(OcsfSchema.FindingClass, "Detection Finding", 1, "Create");

    private static void Metadata(OcsfWriter ocsf, Finding finding)
    {
        ocsf.Json.WriteStartObject("metadata");
        OcsfEvent.Product(ocsf.Json);
        OcsfHost.Profiles(ocsf, finding.Host, false);
        ocsf.Json.WriteString("uid", FormattableString.Invariant($"{finding.Id}-{Kind(finding).ActivityId}"));
        ocsf.Json.WriteString("correlation_uid", finding.Id);
        ocsf.Json.WriteEndObject();
    }

    private static void Info(OcsfWriter ocsf, Finding finding, FindingText text)
    {
        var json = ocsf.Json;
        json.WriteStartObject("finding_info");
        json.WriteString("uid", finding.Id);
        json.WriteString("title", text.Title);
        json.WriteString("desc", text.Meaning);
        json.WriteNumber("created_time", finding.FromMs);
        json.WriteNumber("modified_time", finding.ToMs);
        json.WriteNumber("first_seen_time", finding.FromMs);
        json.WriteNumber("last_seen_time", finding.ToMs);
        json.WriteStartObject("analytic");
        json.WriteString("uid", text.Id);
        json.WriteString("name", text.Title);
        json.WriteNumber("type_id", OtherAnalytic);
        json.WriteString("type", "Telemetry");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Unmapped(OcsfWriter ocsf, IReadOnlyList<FindingFact> facts, string environment)
    {
        ocsf.Json.WriteStartObject("unmapped");
        ocsf.Text("environment", environment);
        ocsf.Json.WriteStartArray("facts");
        foreach (var fact in facts)
        {
            ocsf.Json.WriteStartObject();
            ocsf.Text("name", fact.Label);
            ocsf.Text("value", fact.Value);
            ocsf.Json.WriteEndObject();
        }

        ocsf.Json.WriteEndArray();
        ocsf.RawBytes();
        ocsf.Json.WriteEndObject();
    }
}
