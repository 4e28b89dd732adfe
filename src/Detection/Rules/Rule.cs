using Detection.Findings;

namespace Detection.Rules;

/// <summary>What can fire: a rule over single events or a correlation. Immutable and thread-safe.</summary>
public abstract class Rule
{
    private protected Rule(RuleInfo info, bool alertsAlone)
    {
        Info = info;
        AlertsAlone = alertsAlone;
    }

    /// <summary>What people are told.</summary>
    public RuleInfo Info { get; }

    /// <summary>False when the rule is only a part of correlations.</summary>
    public bool AlertsAlone { get; }
}
