using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AlertLambda.Alerts;
using Wire.Text;

namespace AlertLambda.Tuning;

/// <summary>Makes of a sum what people read. Pure and thread-safe.</summary>
/// <param name="environment">Name of the deployment; not empty.</param>
public sealed class NoiseReport(string environment)
{
    private const int TitleLength = 60;
    private const int ProseLength = 400;
    private const int MostListed = 20;

    private static readonly MailMarkup Mail = new();
    private static readonly SlackMarkup Slack = new();

    /// <summary>One message for each medium, e-mail first.</summary>
    public IReadOnlyList<AlertMessage> Compose(NoiseSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        return [Message(sum, AlertMedium.Email, MailBody(sum)), Message(sum, AlertMedium.Chat, ChatBody(sum))];
    }

    private AlertMessage Message(NoiseSum sum, AlertMedium medium, string body) => new()
    {
        Medium = medium,
        IncidentId = IdOf(sum),
        Subject = Subject(sum),
        Body = body,
        Attributes = AlertAttributes.Make(sum.Level, sum.Rule, sum.Hosts.Count == 1 ? sum.Hosts[0] : "several", environment, "summed"),
    };

    // The same sum gives the same id, in whichever process it is told.
    private static string IdOf(NoiseSum sum) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(Invariant($"sum {sum.Rule} {sum.Maintenance} {sum.DueMs}"))).AsSpan(0, 16));

    private static string Subject(NoiseSum sum)
    {
        var title = TextCut.Escape(sum.Title, TitleLength, rune => SafeText.Escape(rune) is var safe && Ascii.IsValid(safe) ? safe : "?").Text;
        return $"[{Phrases.Severity(sum.Level).ToUpperInvariant()}] {Invariant($"{sum.Count} more")}: {title}";
    }

    private static string MailBody(NoiseSum sum)
    {
        var text = new StringBuilder();
        text.Append(Invariant($"{Incidents(sum)} of the rule \"{MailMarkup.Prose(sum.Title, ProseLength)}\" on {Hosts(sum)}, {Times(sum)}.\n\n"));
        text.Append(Why(sum, reason => MailMarkup.Prose(reason, ProseLength))).Append('\n');
        text.Append("\nHOSTS\n");
        foreach (var host in sum.Hosts.Take(MostListed))
        {
            text.Append("  ").Append(Mail.Name(host, Phrases.NameLength)).Append('\n');
        }

        text.Append(More(sum.Hosts.Count)).Append("\nINCIDENTS (each is in the function's log: search for its id)\n");
        foreach (var incident in sum.Incidents.Take(MostListed))
        {
            text.Append("  ").Append(incident).Append('\n');
        }

        return text.Append(More(sum.Count)).Append("\nRULE\n  ").Append(MailMarkup.Prose(sum.Rule, ProseLength)).Append('\n').ToString();
    }

    private static string ChatBody(NoiseSum sum) => new JsonObject
    {
        ["version"] = "1.0",
        ["source"] = "custom",
        ["id"] = IdOf(sum),
        ["content"] = new JsonObject
        {
            ["textType"] = "client-markdown",
            ["title"] = Invariant($"{sum.Count} more: {SlackMarkup.Prose(sum.Title, TitleLength * 2)}"),
            ["description"] = Invariant($"{Incidents(sum)} on {Hosts(sum)}, {Times(sum)}. {Why(sum, reason => SlackMarkup.Prose(reason, ProseLength))}\n")
                + $"*Hosts:* {string.Join(", ", sum.Hosts.Take(MostListed).Select(host => Slack.Name(host, Phrases.NameLength)))}"
                + $"{(sum.Hosts.Count > MostListed ? " …" : "")}\n*Rule:* {Slack.Name(sum.Rule, Phrases.NameLength)}",
        },
    }.ToJsonString();

    private static string Incidents(NoiseSum sum) => Invariant($"{sum.Count} more {(sum.Count == 1 ? "incident" : "incidents")}");

    private static string Hosts(NoiseSum sum) =>
        Invariant($"{(sum.Hosts.Count == NoiseSum.MostNamed ? "at least " : "")}{sum.Hosts.Count} {(sum.Hosts.Count == 1 ? "host" : "hosts")}");

    private static string Times(NoiseSum sum) => $"from {Phrases.Utc(sum.FirstNs)} to {Phrases.Utc(sum.LastNs)}";

    private static string Why(NoiseSum sum, Func<string, string> prose) => sum.Maintenance.Length > 0
        ? $"They fell into a maintenance window ({prose(sum.Maintenance)}), so they were not told one by one."
        : "There were more of them than are told one by one (rates in tuning.yaml).";

    private static string More(long count) => count > MostListed ? Invariant($"  ... and {count - MostListed} more\n") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
