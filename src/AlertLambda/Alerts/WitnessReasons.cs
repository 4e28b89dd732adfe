using Detection.Findings;

namespace AlertLambda.Alerts;

/// <summary>Why the events of one incident matched; each is found out once, when it is asked for. Not thread-safe.</summary>
/// <param name="finder">Looks into the rules; null = they are not at hand.</param>
/// <param name="incident">The incident.</param>
internal sealed class WitnessReasons(MatchReasons? finder, Incident incident)
{
    private readonly Dictionary<int, MatchReason?> _known = [];

    /// <summary>The reason of the witness with this number (from 1); null when it cannot be told any more, as after a change of the rule.</summary>
    internal MatchReason? Of(int number)
    {
        if (finder is not null && !_known.ContainsKey(number))
        {
            _known[number] = finder.Of(incident.Rule, incident.Witnesses[number - 1]);
        }

        return _known.GetValueOrDefault(number);
    }
}
