using System.Text;
using Detection.Findings;
using Wire.Text;

namespace AlertLambda.Alerts;

/// <summary>Makes of an incident what people read. Pure: equal incidents give equal messages. Thread-safe.</summary>
/// <param name="environment">Name of the deployment, for example <c>production</c>; not empty.</param>
public sealed class AlertComposer(string environment)
{
    private const int MaxAttributeLength = 128;

    /// <summary>One message per medium, e-mail first. A text that cannot be written is replaced by <see cref="BriefAlert"/>'s.</summary>
    public IReadOnlyList<AlertMessage> Compose(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var subject = Subject(incident);
        var attributes = Attributes(incident);
        return
        [
            Message(AlertMedium.Email, () => MailBody.Write(incident), fault => BriefAlert.Mail(incident, fault)),
            Message(AlertMedium.Chat, () => SlackNotification.Write(incident, environment), fault => BriefAlert.Chat(incident, fault)),
        ];

        AlertMessage Message(AlertMedium medium, Func<string> full, Func<string, string> brief)
        {
            var (body, isBrief) = Body(full, brief);
            return new()
            {
                Medium = medium,
                IncidentId = incident.Id,
                Subject = subject,
                Body = body,
                IsBrief = isBrief,
                Attributes = attributes,
            };
        }
    }

    // An incident is reported once: a fault of ours, at whatever text, must not cost the alert.
    private static (string Body, bool IsBrief) Body(Func<string> full, Func<string, string> brief)
    {
        try
        {
            return (full(), false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (brief(e.GetType().Name), true);
        }
    }

    private static string Subject(Incident incident)
    {
        const int hostLength = 32;
        var severity = Phrases.Severity(incident.Rule.Level).ToUpperInvariant();
        var host = Ascii(Phrases.Host(incident.Witnesses[^1].Event.Host), hostLength);
        var room = AlertMessage.MaxSubjectLength - $"[{severity}]  on {host}".Length;
        return $"[{severity}] {Ascii(Phrases.Title(incident.Rule), room)} on {host}";
    }

    private Dictionary<string, string> Attributes(Incident incident)
    {
        var host = incident.Witnesses[^1].Event.Host;
        var attributes = new Dictionary<string, string>
        {
            ["severity"] = Phrases.Severity(incident.Rule.Level),
            ["rule"] = Attribute(incident.Rule.Id),
            ["host"] = Attribute(Phrases.Host(host)),
            ["environment"] = Attribute(environment),
        };
        if (host.Cloud is { AccountId.Length: > 0 } cloud)
        {
            attributes["account"] = Attribute(cloud.AccountId);
        }

        return attributes;
    }

    // SNS refuses an empty value.
    private static string Attribute(string raw) =>
        raw.Length == 0 ? "unknown" : TextCut.Escape(raw, MaxAttributeLength, SafeText.Escape).Text;

    private static string Ascii(string raw, int maxLength)
    {
        const string mark = "...";
        var (text, leftOut) = TextCut.Escape(raw, maxLength, Escape(raw));
        return leftOut == 0 ? text : TextCut.Escape(raw, maxLength - mark.Length, Escape(raw)).Text + mark;

        static Func<string, string> Escape(string raw)
        {
            var breakLinks = MailMarkup.BreakLinks(raw, SafeText.Escape);
            return rune => breakLinks(rune) is var safe && System.Text.Ascii.IsValid(safe) ? safe : "?";
        }
    }
}
