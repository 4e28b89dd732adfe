using System.Text;
using AlertLambda.Ocsf;
using Detection.Findings;
using Detection.Rules;

namespace AlertLambda.Alerts;

/// <summary>Makes of an incident what people read. Pure: equal incidents give equal messages. Thread-safe.</summary>
/// <param name="environment">Name of the deployment, for example <c>production</c>; not empty.</param>
/// <param name="rules">The rules that are evaluated, by which alerts say why an event matched; null = they do not say it.</param>
/// <param name="withFindings">Each incident is also written as an OCSF finding, for programs.</param>
public sealed class AlertComposer(string environment, RulePack? rules = null, bool withFindings = false)
{
    /// <summary>Whether incidents are written for programs, too.</summary>
    public bool WritesFindings => withFindings;

    /// <summary>
    /// One message per medium, e-mail first, whatever happened to the incident. No mail says that an incident is over which fired just once: it
    /// would repeat the first. A text that cannot be written is replaced by <see cref="BriefAlert"/>'s.
    /// </summary>
    public IReadOnlyList<AlertMessage> Compose(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var subject = Subject(incident);
        var attributes = AlertAttributes.Make(
            incident.Rule.Level, incident.Rule.Id, Summary.HostName(incident), environment, Phrases.Change(incident.Change), Summary.CloudOf(incident));
        var reasons = new WitnessReasons(rules is null ? null : new MatchReasons(rules), incident);
        var messages = new List<AlertMessage>();
        if (incident.Change != IncidentChange.Closed || incident.Firings > 1)
        {
            messages.Add(Message(AlertMedium.Email, () => MailBody.Write(incident, reasons), fault => BriefAlert.Mail(incident, fault)));
        }

        messages.Add(Message(AlertMedium.Chat, () => SlackNotification.Write(incident, environment), fault => BriefAlert.Chat(incident, fault)));
        if (withFindings)
        {
            messages.Add(Message(
                AlertMedium.Finding, () => OcsfFinding.Write(incident, environment, reasons), fault => BriefAlert.Finding(incident, fault)));
        }

        return messages;

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
        var host = Ascii(Summary.HostNameOrUnknown(incident), hostLength);
        var room = AlertMessage.MaxSubjectLength - $"[{severity}]  on {host}".Length;
        return $"[{severity}] {Ascii(Phrases.Headline(incident), room)} on {host}";
    }

    private static string Ascii(string raw, int maxLength)
    {
        const string mark = "...";
        var (text, leftOut) = TextCut.Escape(raw, maxLength, Escape(raw));
        return leftOut == 0 ? text : TextCut.Escape(raw, maxLength - mark.Length, Escape(raw)).Text + mark;

        static Func<string, string> Escape(string raw)
        {
            var breakLinks = MailMarkup.BreakLinks(raw, LookAlikes.Escape);
            return rune => breakLinks(rune) is var safe && System.Text.Ascii.IsValid(safe) ? safe : "?";
        }
    }
}
