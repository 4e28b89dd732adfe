using Detection.Findings;

namespace AlertLambda.Alerts;

/// <summary>What to do first: the rule's own steps, else steps that are right for any alert.</summary>
public static class Advice
{
    private const int MaxSteps = 10;

    /// <summary>At least one step, in order; raw text of the rule's author or of ours.</summary>
    public static IReadOnlyList<string> Steps(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        if (incident.Rule.NextSteps.Count > 0)
        {
            return [.. incident.Rule.NextSteps.Take(MaxSteps)];
        }

        return
        [
            incident.Witnesses.Count > 0 && Actor.Of(incident.Witnesses[^1].Event).LoggedIn
                ? "Ask the login user named above whether this was their doing and why."
                : "Find out which service or job started the oldest process of the chain, and whether it should do this.",
            "If nobody can explain it: cut the host off the network but keep it running, so that memory and disk stay as evidence.",
            "Look for other alerts of the same user and host in the hours before.",
        ];
    }
}
