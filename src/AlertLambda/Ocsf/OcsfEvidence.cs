using AlertLambda.Alerts;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Ocsf;

/// <summary>The events of an incident, twice: as <c>evidences</c> with process and target, and as <c>related_events</c> with the reason in words.</summary>
internal static class OcsfEvidence
{
    private const int Suspicious = 4;
    private const int InsufficientData = 7;
    private const int CommandLength = 300;

    /// <summary>One entry of <c>evidences</c>.</summary>
    internal static void Write(OcsfWriter ocsf, Witness witness, MatchReason? reason, Verdict verdict)
    {
        var e = witness.Event;
        ocsf.Json.WriteStartObject();
        ocsf.Text("uid", OcsfEvent.Uid(e.Id));
        ocsf.Text("name", witness.RuleTitle);
        ocsf.Json.WriteNumber("verdict_id", verdict == Verdict.Certain ? Suspicious : InsufficientData);
        ocsf.Json.WriteString("verdict", verdict == Verdict.Certain ? "Suspicious" : "Insufficient Data");
        OcsfProcess.Write(ocsf, "process", e, e.Process, true);
        OcsfProcess.Actor(ocsf, e);
        OcsfHost.Device(ocsf, e.Host);
        switch (e)
        {
            case FileOpenEvent { Path.Length: > 0 } open:
                OcsfFile.Write(ocsf, "file", open.Path, open.File);
                break;
            case CallEvent { Path.Length: > 0 } call:
                OcsfFile.Write(ocsf, "file", call.Path, call.File);
                break;
            case NetworkEvent network:
                OcsfEvent.Endpoint(ocsf, network);
                break;
        }

        Data(ocsf, e, reason);
        ocsf.Json.WriteEndObject();
    }

    /// <summary>One entry of <c>related_events</c>.</summary>
    internal static void Related(OcsfWriter ocsf, Witness witness, MatchReason? reason)
    {
        var e = witness.Event;
        var kind = OcsfKind.Of(e);
        ocsf.Json.WriteStartObject();
        ocsf.Text("uid", OcsfEvent.Uid(e.Id));
        ocsf.Text("title", witness.RuleTitle);
        ocsf.Json.WriteNumber("type_uid", kind.TypeUid);
        ocsf.Json.WriteString("type_name", kind.TypeName);
        ocsf.Json.WriteNumber("created_time", OcsfTime.Ms(e.TimeNs));
        if (e.Repeated > 0)
        {
            ocsf.Json.WriteNumber("count", (long)e.Repeated + 1);
        }

        // Written for people, and so with the escapes of a mail.
        var markup = new MailMarkup();
        var because = reason is null ? "" : string.Concat(ReasonWords.Of(markup, reason).Select(line => $" {line}."));
        ocsf.Text("desc", $"{Timeline.Describe(markup, e, CommandLength)}.{because}");
        ocsf.Json.WriteEndObject();
    }

    private static void Data(OcsfWriter ocsf, HostEvent e, MatchReason? reason)
    {
        ocsf.Json.WriteStartObject("data");
        ocsf.Json.WriteNumber("time", OcsfTime.Ms(e.TimeNs));
        ocsf.Json.WriteNumber("time_ns", e.TimeNs);
        OcsfProcess.User(ocsf, "effective_user", e.Credentials.Euid, e.EffectiveUserName);
        if (reason is not null)
        {
            ocsf.Json.WriteStartObject("reason");
            ocsf.Text("rule_uid", reason.Rule.Id);
            ocsf.Json.WriteStartArray("matched");
            foreach (var item in reason.Items)
            {
                ocsf.Json.WriteStartObject();
                ocsf.Text("search", item.Search);
                ocsf.Text("key", item.Key.Length > 0 ? item.Key : "keywords");
                ocsf.Text("asked", item.Asked);
                ocsf.Text("seen", item.Seen ?? "");
                ocsf.Json.WriteEndObject();
            }

            ocsf.Json.WriteEndArray();
            if (reason.LeftOut > 0)
            {
                ocsf.Json.WriteNumber("left_out", reason.LeftOut);
            }

            ocsf.Json.WriteEndObject();
        }

        ocsf.Json.WriteEndObject();
    }
}
