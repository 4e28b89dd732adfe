using System.Buffers;
using System.Text;
using System.Text.Json;
using AlertLambda.Alerts;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Ocsf;

/// <summary>
/// The canonical form of an incident: an OCSF 1.8 Detection Finding (class 2004), on one line. Programs read it; what it holds stands in
/// <c>docs/alerts.md</c>.
/// </summary>
/// <remarks>Pure: equal incidents give equal findings, so a report that comes twice has one <c>metadata.uid</c>.</remarks>
public static partial class OcsfFinding
{
    // From full to least: how many events are written, and how long a text may be. The last one fits whatever the incident.
    private static readonly (int Events, int Text)[] Sizes = [(40, 4096), (20, 4096), (10, 2048), (5, 1024), (2, 512), (1, 200)];

    /// <summary>The JSON: valid UTF-8, at most <see cref="AlertMessage.MaxBytes"/> bytes. <c>unmapped.events_left_out</c> says what did not fit.</summary>
    /// <param name="incident">As it opened, escalated or closed.</param>
    /// <param name="environment">Name of the deployment.</param>
    /// <param name="reasons">Why its events matched.</param>
    internal static string Write(Incident incident, string environment, WitnessReasons reasons)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var (events, text) in Sizes)
        {
            bytes.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(bytes, OcsfWriter.Options))
            {
                Write(new OcsfWriter(json, text), incident, environment, reasons, events);
            }

            if (bytes.WrittenCount <= AlertMessage.MaxBytes)
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>What the schema requires, with a reason in place of the rest.</summary>
    internal static string Brief(Incident incident, string why)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, OcsfWriter.Options))
        {
            var ocsf = new OcsfWriter(json, Phrases.PathLength);
            json.WriteStartObject();
            OcsfEvent.Classification(json, KindOf(incident.Change));
            json.WriteNumber("time", OcsfTime.Ms(incident.LastTimeNs));
            Standing(json, incident);
            json.WriteString("message", why);
            Metadata(ocsf, incident, null, false);
            json.WriteStartObject("finding_info");
            json.WriteString("uid", incident.Id);
            ocsf.Text("title", Phrases.Title(incident.Rule));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(OcsfWriter ocsf, Incident incident, string environment, WitnessReasons reasons, int events)
    {
        var json = ocsf.Json;
        var shown = Timeline.Shown(incident, events);
        var host = incident.Witnesses.Count > 0 ? incident.Witnesses[^1].Event.Host : null;
        json.WriteStartObject();
        OcsfEvent.Classification(json, KindOf(incident.Change));
        json.WriteNumber("time", OcsfTime.Ms(incident.LastTimeNs));
        json.WriteNumber("start_time", OcsfTime.Ms(incident.FirstTimeNs));
        json.WriteNumber("end_time", OcsfTime.Ms(incident.LastTimeNs));
        Standing(json, incident);
        json.WriteNumber("count", incident.Firings);
        ocsf.Text("message", Summary.Story(incident, new MailMarkup()));
        Metadata(ocsf, incident, host, shown.Any(w => w.Witness.Event.ContainerId.Length > 0));
        Info(ocsf, incident, reasons, shown);
        if (host is not null)
        {
            OcsfHost.Write(ocsf, host);
        }
        else if (!string.IsNullOrEmpty(incident.LastFiring.HostId))
        {
            OcsfHost.Device(ocsf, incident.LastFiring.HostId);
        }

        if (shown.Count > 0)
        {
            json.WriteStartArray("evidences");
            foreach (var (number, witness) in shown)
            {
                OcsfEvidence.Write(ocsf, witness, reasons.Of(number), incident.Verdict);
            }

            json.WriteEndArray();
            Resources(ocsf, incident);
        }

        Remediation(ocsf, incident);
        Unmapped(ocsf, incident, environment, incident.Witnesses.Count - shown.Count);
        json.WriteEndObject();
    }

    /// <summary><c>severity_id</c> and <c>severity</c>.</summary>
    internal static void Severity(Utf8JsonWriter json, RuleLevel level)
    {
        var (severity, severityName) = level switch
        {
            RuleLevel.Critical => (5, "Critical"),
            RuleLevel.High => (4, "High"),
            RuleLevel.Medium => (3, "Medium"),
            RuleLevel.Low => (2, "Low"),
            _ => (1, "Informational"),
        };
        json.WriteNumber("severity_id", severity);
        json.WriteString("severity", severityName);
    }

    /// <summary><c>status_id</c> and <c>status</c>. That it is over says nothing of whether anybody looked: it is not "Resolved".</summary>
    internal static void Status(Utf8JsonWriter json, bool isOver)
    {
        json.WriteNumber("status_id", isOver ? 99 : 1);
        json.WriteString("status", isOver ? "Ended" : "New");
    }

    private static void Standing(Utf8JsonWriter json, Incident incident)
    {
        var isClosed = incident.Change == IncidentChange.Closed;
        Severity(json, incident.Rule.Level);
        Status(json, isClosed);
        json.WriteNumber("confidence_id", incident.Verdict == Verdict.Certain ? 3 : 1);
        json.WriteString("confidence", incident.Verdict == Verdict.Certain ? "High" : "Low");
        json.WriteBoolean("is_alert", !isClosed);
    }

    private static OcsfKind KindOf(IncidentChange change)
    {
        var (activity, name) = change switch
        {
            IncidentChange.Opened => (1, "Create"),
            IncidentChange.Closed => (3, "Close"),
            _ => (2, "Update"),
        };
        return new OcsfKind(OcsfSchema.FindingClass, "Detection Finding", activity, name);
    }

    private static void Metadata(OcsfWriter ocsf, Incident incident, HostIdentity? host, bool inContainer)
    {
        ocsf.Json.WriteStartObject("metadata");
        OcsfEvent.Product(ocsf.Json);
        OcsfHost.Profiles(ocsf, host, inContainer);
        ocsf.Json.WriteString("uid", FormattableString.Invariant($"{incident.Id}-{KindOf(incident.Change).ActivityId}"));
        ocsf.Json.WriteString("correlation_uid", incident.Id);
        ocsf.Json.WriteEndObject();
    }
}
