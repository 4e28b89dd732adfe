using AlertLambda.Alerts;
using Detection.Findings;

namespace AlertLambda.Ocsf;

/// <content>Rule, events, hosts, and what OCSF has no place for.</content>
public static partial class OcsfFinding
{
    private const int MostListed = 10;
    private const int RuleText = 2000;

    private static void Info(
        OcsfWriter ocsf, Incident incident, WitnessReasons reasons, IReadOnlyList<(int Number, Witness Witness)> shown)
    {
        var json = ocsf.Json;
        var rule = incident.Rule;
        json.WriteStartObject("finding_info");
        json.WriteString("uid", incident.Id);
        ocsf.Text("title", Phrases.Title(rule));
        ocsf.Text("desc", rule.Description, RuleText);

        // An escalation does not know when its incident opened.
        if (incident.Change != IncidentChange.Escalated)
        {
            json.WriteNumber("created_time", OcsfTime.Ms(incident.Change == IncidentChange.Opened ? incident.LastTimeNs : incident.FirstTimeNs));
        }

        json.WriteNumber("modified_time", OcsfTime.Ms(incident.LastTimeNs));
        json.WriteNumber("first_seen_time", OcsfTime.Ms(incident.FirstTimeNs));
        json.WriteNumber("last_seen_time", OcsfTime.Ms(incident.LastTimeNs));
        json.WriteStartObject("analytic");
        ocsf.Text("uid", rule.Id);
        ocsf.Text("name", rule.Name.Length > 0 ? rule.Name : rule.Title);
        json.WriteNumber("type_id", 1);
        json.WriteString("type", "Rule");
        ocsf.Text("version", rule.SemanticHash);
        json.WriteEndObject();
        AttackTags.Write(ocsf, rule.Tags);
        if (incident.Witnesses.Count > 0)
        {
            json.WriteNumber("related_events_count", incident.Witnesses.Count);
        }

        json.WriteStartArray("related_events");
        foreach (var (number, witness) in shown)
        {
            OcsfEvidence.Related(ocsf, witness, reasons.Of(number));
        }

        if (shown.Count == 0)
        {
            Firings(ocsf, incident);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A closed incident holds no events any more, but knows the first and the last that made the rule fire.
    private static void Firings(OcsfWriter ocsf, Incident incident)
    {
        foreach (var id in new[] { incident.FirstFiring, incident.LastFiring }.Distinct().Where(id => !string.IsNullOrEmpty(id.HostId)))
        {
            ocsf.Json.WriteStartObject();
            ocsf.Text("uid", OcsfEvent.Uid(id));
            ocsf.Json.WriteEndObject();
        }
    }

    private static void Resources(OcsfWriter ocsf, Incident incident)
    {
        ocsf.Json.WriteStartArray("resources");
        foreach (var host in incident.Witnesses.Select(w => w.Event.Host).DistinctBy(host => host.HostId).Take(MostListed))
        {
            ocsf.Json.WriteStartObject();
            ocsf.Text("uid", host.HostId);
            ocsf.Text("name", Phrases.Host(host));
            ocsf.Json.WriteString("type", host.Cloud is null ? "Host" : "AWS::EC2::Instance");
            ocsf.Text("region", host.Cloud?.Region ?? "");
            ocsf.Json.WriteEndObject();
        }

        ocsf.Json.WriteEndArray();
    }

    private static void Remediation(OcsfWriter ocsf, Incident incident)
    {
        ocsf.Json.WriteStartObject("remediation");
        ocsf.Text("desc", string.Join('\n', Advice.Steps(incident)), RuleText);
        ocsf.Texts("references", incident.Rule.References, MostListed);
        ocsf.Json.WriteEndObject();
    }

    private static void Unmapped(OcsfWriter ocsf, Incident incident, string environment, int leftOut)
    {
        var json = ocsf.Json;
        json.WriteStartObject("unmapped");
        json.WriteString("environment", environment);
        json.WriteString("change", Phrases.Change(incident.Change));
        json.WriteString("verdict", incident.Verdict == Verdict.Certain ? "certain" : "unknown");
        json.WriteBoolean("late", incident.Late);
        ocsf.Text("rule_file", incident.Rule.File, RuleText);
        if (leftOut > 0)
        {
            json.WriteNumber("events_left_out", leftOut);
        }

        if (incident.Group.Count > 0)
        {
            json.WriteStartArray("group");
            foreach (var (key, value) in incident.Group.Take(MostListed))
            {
                json.WriteStartObject();
                ocsf.Text("name", key);
                ocsf.Text("value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        ocsf.Texts("false_positives", incident.Rule.FalsePositives, MostListed);
        if (TuningSnippet.Of(incident) is { } tuning)
        {
            json.WriteString("tuning", tuning);
        }

        ocsf.RawBytes();
        json.WriteEndObject();
    }
}
