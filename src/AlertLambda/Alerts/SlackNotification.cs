using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Detection.Findings;

namespace AlertLambda.Alerts;

/// <summary>
/// The custom-notification JSON that Amazon Q Developer in chat applications (formerly AWS Chatbot) shows in Slack. Any other JSON
/// is dropped by it without a word: https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html.
/// </summary>
public static class SlackNotification
{
    private const int TitleLength = 150;
    private const int KeywordLength = 80;
    private const int StepLength = 300;

    // The text is read by a JSON parser, never put into HTML: relaxed escaping keeps logs and golden files readable.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON, on one line.</summary>
    public static string Write(Incident incident, string environment)
    {
        ArgumentNullException.ThrowIfNull(incident);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteString("source", "custom");
            json.WriteString("id", incident.Id);
            Content(json, incident);
            Metadata(json, incident, environment);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void Content(Utf8JsonWriter json, Incident incident)
    {
        var host = Summary.HostNameOrUnknown(incident);
        var severity = Phrases.Severity(incident.Rule.Level);
        json.WriteStartObject("content");
        json.WriteString("textType", "client-markdown");
        json.WriteString("title", $"{Sign(incident)} [{severity.ToUpperInvariant()}] "
            + $"{SlackMarkup.Prose(Phrases.Headline(incident), TitleLength)} on {SlackMarkup.Bare(host, Phrases.NameLength)}");
        json.WriteString("description", SlackDescription.Write(incident));
        if (incident.Change != IncidentChange.Closed)
        {
            Strings(json, "nextSteps", Advice.Steps(incident).Select(step => SlackMarkup.Prose(step, StepLength)));
        }

        Strings(json, "keywords",
        [
            severity,
            SlackMarkup.Bare(host, KeywordLength),
            .. incident.Rule.Tags.Take(5).Select(tag => SlackMarkup.Bare(tag, KeywordLength)),
        ]);
        json.WriteEndObject();
    }

    private static void Metadata(Utf8JsonWriter json, Incident incident, string environment)
    {
        json.WriteStartObject("metadata");
        json.WriteString("threadId", incident.Id);
        json.WriteString("summary", $"{SlackMarkup.Prose(Phrases.Headline(incident), TitleLength)} on {SlackMarkup.Bare(Summary.HostNameOrUnknown(incident), Phrases.NameLength)}");
        json.WriteString("eventType", $"incident-{Phrases.Change(incident.Change)}");
        Strings(json, "relatedResources",
        [
            .. incident.Witnesses.Select(w => w.Event.Host).DistinctBy(h => h.HostId).Take(5)
                .Select(h => SlackMarkup.Bare(h.Cloud?.InstanceId ?? h.HostId, KeywordLength))
                .DefaultIfEmpty(SlackMarkup.Bare(Summary.HostNameOrUnknown(incident), KeywordLength)),
        ]);
        json.WriteStartObject("additionalContext");
        json.WriteString("rule", SlackMarkup.Bare(incident.Rule.Id, KeywordLength));
        json.WriteString("severity", Phrases.Severity(incident.Rule.Level));
        json.WriteString("environment", SlackMarkup.Bare(environment, KeywordLength));
        if (Summary.CloudOf(incident) is { } cloud)
        {
            json.WriteString("account", SlackMarkup.Bare(cloud.AccountId, KeywordLength));
            json.WriteString("region", SlackMarkup.Bare(cloud.Region, KeywordLength));
        }

        json.WriteString("firstEvent", Phrases.Utc(incident.FirstTimeNs));
        json.WriteString("lastEvent", Phrases.Utc(incident.LastTimeNs));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static string Sign(Incident incident) => incident.Rule.Level switch
    {
        _ when incident.Change == IncidentChange.Closed => ":checkered_flag:",
        RuleLevel.Critical or RuleLevel.High => ":rotating_light:",
        RuleLevel.Medium => ":warning:",
        _ => ":information_source:",
    };
}
