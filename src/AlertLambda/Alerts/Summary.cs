using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>An incident in one sentence, also when there are no events to tell: when it closes, or when it is about what did not come.</summary>
internal static class Summary
{
    /// <summary>The story of the events, else what is known without them; escaped for the medium of <paramref name="markup"/>.</summary>
    internal static string Story(Incident incident, IMarkup markup)
    {
        if (incident.Witnesses.Count > 0)
        {
            return Alerts.Story.Tell(incident, markup);
        }

        var title = markup.Name(Phrases.Title(incident.Rule), Phrases.PathLength);
        var host = HostName(incident) is { Length: > 0 } name ? $" on {markup.Name(name, Phrases.NameLength)}" : "";
        if (incident.Change != IncidentChange.Closed)
        {
            return $"{title}{host}, {Phrases.Utc(incident.LastTimeNs)}.";
        }

        var fired = incident.Firings == 1
            ? $"It fired once, at {Phrases.Utc(incident.LastTimeNs)}"
            : FormattableString.Invariant($"It fired {incident.Firings} times, from {Phrases.Utc(incident.FirstTimeNs)} on, the last time ")
                + $"{Phrases.Elapsed(incident.LastTimeNs - incident.FirstTimeNs)} later";
        return $"{title}{host} is over. {fired}, and nothing has joined it since. This does not say that anybody looked at it.";
    }

    /// <summary>The name people know the last host by, else its id; empty when none is known. Raw: not escaped.</summary>
    internal static string HostName(Incident incident) =>
        incident.Witnesses.Count > 0 ? Phrases.Host(incident.Witnesses[^1].Event.Host)
            : !string.IsNullOrEmpty(incident.LastFiring.HostId) ? incident.LastFiring.HostId
            : incident.Group.FirstOrDefault(entry => entry.Key == "host").Value ?? "";

    /// <summary>Account and region of the last host, where they are known.</summary>
    internal static CloudIdentity? CloudOf(Incident incident) => incident.Witnesses.Count > 0 ? incident.Witnesses[^1].Event.Host.Cloud : null;

    /// <summary>The same for a place where something must stand.</summary>
    internal static string HostNameOrUnknown(Incident incident) => HostName(incident) is { Length: > 0 } name ? name : "unknown host";
}
