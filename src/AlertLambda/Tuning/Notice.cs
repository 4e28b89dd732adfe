using AlertLambda.Alerts;
using AlertLambda.Findings;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Tuning;

/// <summary>What of an incident or a finding decides whether people are told of it by itself. Immutable.</summary>
/// <param name="Id">32 hex digits.</param>
/// <param name="Change">Why it is reported.</param>
/// <param name="Rule">The rule; of a finding what stands for it.</param>
/// <param name="Host">Where; null = no single host.</param>
/// <param name="FirstNs">When it began, ns since 1970 UTC.</param>
/// <param name="LastNs">When it was last so, ns since 1970 UTC.</param>
/// <param name="HasGrown">When it closes: there is more to tell than when it opened.</param>
public sealed record Notice(string Id, IncidentChange Change, RuleInfo Rule, HostIdentity? Host, long FirstNs, long LastNs, bool HasGrown)
{
    private const long MsNs = 1_000_000;

    /// <summary>Name of the host for people; not escaped.</summary>
    internal string HostName => Host is null ? "(no host)" : Phrases.Host(Host);

    /// <summary>Of an incident.</summary>
    public static Notice Of(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var host = incident.Witnesses.Count > 0 ? incident.Witnesses[^1].Event.Host : null;
        return new(incident.Id, incident.Change, incident.Rule, host, incident.FirstTimeNs, incident.LastTimeNs, incident.Firings > 1);
    }

    /// <summary>Of a finding. People want to know that it is over.</summary>
    public static Notice Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var text = FindingText.Of(finding.Kind);
        var rule = new RuleInfo { Id = text.Id, Title = text.Title, Level = text.Level, SemanticHash = "" };
        return new(
            finding.Id, finding.IsOver ? IncidentChange.Closed : IncidentChange.Opened, rule, finding.Host, finding.FromMs * MsNs, finding.ToMs * MsNs, HasGrown: true);
    }
}
