using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertLambda.Alerts;
using AlertLambda.Ocsf;
using Detection.Findings;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.Findings;

/// <summary>Makes of a finding what people read. Pure and thread-safe.</summary>
/// <param name="environment">Name of the deployment; not empty.</param>
/// <param name="blindness">Knows what rules it concerns.</param>
/// <param name="withFindings">Each is also written as OCSF, for programs.</param>
public sealed class FindingReport(string environment, Blindness blindness, bool withFindings = false)
{
    private const int HostLength = 32;
    private const int ValueLength = 300;
    private const int MostFacts = 20;

    // Read by a JSON parser, never put into HTML.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly MailMarkup Mail = new();
    private static readonly SlackMarkup Slack = new();

    /// <summary>One message for each medium, e-mail first.</summary>
    public IReadOnlyList<AlertMessage> Compose(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var text = FindingText.Of(finding.Kind);
        var facts = finding.Facts.Concat(blindness.Of(finding)).Take(MostFacts).ToList();
        return
        [
            Message(finding, text, AlertMedium.Email, MailBody(finding, text, facts)),
            Message(finding, text, AlertMedium.Chat, ChatBody(finding, text, facts)),
            .. withFindings ? [Message(finding, text, AlertMedium.Finding, OcsfTelemetry.Write(finding, text, facts, environment))] : (AlertMessage[])[],
        ];
    }

    private AlertMessage Message(Finding finding, FindingText text, AlertMedium medium, string body) => new()
    {
        Medium = medium,
        IncidentId = finding.Id,
        Subject = Subject(finding, text),
        Body = body,
        Attributes = Attributes(finding, text),
    };

    private static string Subject(Finding finding, FindingText text)
    {
        var where = finding.Host is null ? "" : $" on {Safe(Phrases.Host(finding.Host), HostLength)}";
        return $"[{(finding.IsOver ? "OVER" : Phrases.Severity(text.Level).ToUpperInvariant())}] {text.Title}{where}";
    }

    private static string Safe(string raw, int length) =>
        TextCut.Escape(raw, length, rune => SafeText.Escape(rune) is var safe && Ascii.IsValid(safe) ? safe : "?").Text;

    private Dictionary<string, string> Attributes(Finding finding, FindingText text) => AlertAttributes.Make(
        text.Level, text.Id, finding.Host is null ? "none" : Phrases.Host(finding.Host), environment,
        Phrases.Change(finding.IsOver ? IncidentChange.Closed : IncidentChange.Opened), finding.Host?.Cloud);

    private static string MailBody(Finding finding, FindingText text, List<FindingFact> facts)
    {
        var body = new StringBuilder();
        body.Append(finding.IsOver ? $"Over: {text.Title}{Where(finding)}, {Span(finding)}.\n" : $"{text.Title}{Where(finding)}, since {Times.Utc(finding.FromMs)}.\n\n{text.Meaning}\n");
        Section(body, "WHAT IS KNOWN", facts.Select(fact => $"{fact.Label}: {MailMarkup.Prose(fact.Value, ValueLength)}"));
        Section(body, "WHERE", HostLines(finding.Host, Mail));
        if (!finding.IsOver)
        {
            Section(body, "LIKELY HARMLESS EXPLANATIONS", text.Harmless.Select(line => "- " + line));
            Section(body, "WHAT TO DO FIRST", text.NextSteps.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {line}")));
        }

        Section(body, "FINDING", [finding.Id]);
        return body.ToString();
    }

    private string ChatBody(Finding finding, FindingText text, List<FindingFact> facts)
    {
        var lines = facts.Select(fact => $"*{fact.Label}:* {SlackMarkup.Prose(fact.Value, ValueLength)}").ToList();
        var begin = finding.IsOver ? $"Over, {Span(finding)}." : $"{text.Meaning}\n*Since:* {Times.Utc(finding.FromMs)}";
        return new JsonObject
        {
            ["version"] = "1.0",
            ["source"] = "custom",
            ["id"] = finding.Id,
            ["content"] = new JsonObject
            {
                ["textType"] = "client-markdown",
                ["title"] = $"{(finding.IsOver ? ":white_check_mark: " : ":satellite: ")}{text.Title}{Bare(finding)}",
                ["description"] = string.Join('\n', [begin, .. lines, .. HostLines(finding.Host, Slack)]),
                ["nextSteps"] = new JsonArray([.. finding.IsOver ? [] : text.NextSteps.Select(step => JsonValue.Create(step))]),
            },
            ["metadata"] = new JsonObject
            {
                ["threadId"] = finding.Id,
                ["summary"] = text.Title + Bare(finding),
                ["eventType"] = finding.IsOver ? "finding-over" : "finding",
                ["additionalContext"] = new JsonObject { ["environment"] = environment, ["kind"] = text.Id },
            },
        }.ToJsonString(Json);
    }

    private static string Bare(Finding finding) => finding.Host is null ? "" : $" on {SlackMarkup.Bare(Phrases.Host(finding.Host), Phrases.NameLength)}";

    private static string Where(Finding finding) => finding.Host is null ? "" : $" on {Mail.Name(Phrases.Host(finding.Host), Phrases.NameLength)}";

    private static string Span(Finding finding) => $"from {Times.Utc(finding.FromMs)} to {Times.Utc(finding.ToMs)}";

    private static IEnumerable<string> HostLines(HostIdentity? host, IMarkup markup)
    {
        if (host is not null)
        {
            yield return $"Host {markup.Name(Phrases.Host(host), Phrases.NameLength)}, id {markup.Name(host.HostId, Phrases.NameLength)}";
            if (host.Cloud is { } cloud)
            {
                yield return $"Instance {markup.Name(cloud.InstanceId, Phrases.NameLength)} in {markup.Name(cloud.AvailabilityZone, Phrases.NameLength)}, "
                    + $"account {markup.Name(cloud.AccountId, Phrases.NameLength)}";
            }
        }
    }

    private static void Section(StringBuilder body, string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            body.Append('\n').Append(heading).Append('\n');
            all.ForEach(line => body.Append("  ").Append(line).Append('\n'));
        }
    }
}
