using Detection.Findings;
using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules;

/// <summary>A rule that matches single events. Immutable and thread-safe.</summary>
public sealed class SigmaRule
{
    private readonly Matcher _matcher;

    internal SigmaRule(RuleInfo info, EventCategory category, Matcher matcher, bool alertsAlone)
    {
        Info = info;
        Category = category;
        AlertsAlone = alertsAlone;
        _matcher = matcher;
    }

    /// <summary>What people are told.</summary>
    public RuleInfo Info { get; }

    /// <summary>The rule sees events of this category; <see cref="EventCategory.All"/> for a rule without one: then every event.</summary>
    public EventCategory Category { get; }

    /// <summary>False when the rule is only a part of correlations.</summary>
    public bool AlertsAlone { get; }

    /// <summary>True when the event fulfils the condition. The caller has checked the category.</summary>
    public bool Matches(IEventView e) => _matcher.Matches(e);
}
