using System.Text.Json.Nodes;
using AlertLambda.Ocsf;
using Detection.Findings;

namespace AlertLambda.Alerts;

/// <summary>The alert when its full text cannot be written: only what happened where, by the shortest way.</summary>
internal static class BriefAlert
{
    /// <summary>The mail.</summary>
    /// <param name="incident">What opened.</param>
    /// <param name="fault">Name of what went wrong.</param>
    internal static string Mail(Incident incident, string fault)
    {
        var markup = new MailMarkup();
        return $"{MailMarkup.Prose(Phrases.Title(incident.Rule), Phrases.NameLength)} on {markup.Name(HostOf(incident), Phrases.NameLength)}"
            + $" at {Phrases.Utc(incident.LastTimeNs)}.\n\n{Explanation(fault)}\n\nINCIDENT\n  {incident.Id}\n";
    }

    /// <summary>The chat notification.</summary>
    /// <param name="incident">What opened.</param>
    /// <param name="fault">Name of what went wrong.</param>
    internal static string Chat(Incident incident, string fault) => new JsonObject
    {
        ["version"] = "1.0",
        ["source"] = "custom",
        ["id"] = incident.Id,
        ["content"] = new JsonObject
        {
            ["textType"] = "client-markdown",
            ["title"] = $"[{Phrases.Severity(incident.Rule.Level).ToUpperInvariant()}] "
                + $"{SlackMarkup.Prose(Phrases.Title(incident.Rule), Phrases.NameLength)} on {SlackMarkup.Bare(HostOf(incident), Phrases.NameLength)}",
            ["description"] = $"At {Phrases.Utc(incident.LastTimeNs)}. {Explanation(fault)}",
        },
        ["metadata"] = new JsonObject { ["threadId"] = incident.Id },
    }.ToJsonString();

    /// <summary>The finding: what the schema requires, and why there is no more.</summary>
    /// <param name="incident">What opened.</param>
    /// <param name="fault">Name of what went wrong.</param>
    internal static string Finding(Incident incident, string fault) => OcsfFinding.Brief(incident, Explanation(fault));

    private static string HostOf(Incident incident) => Summary.HostNameOrUnknown(incident);

    private static string Explanation(string fault) =>
        $"The full text of this alert could not be written ({fault}). That is a fault of the function: look at the host and at the function's log.";
}
