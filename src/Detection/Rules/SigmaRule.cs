using Detection.Findings;
using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules;

/// <summary>A rule that matches single events. Immutable and thread-safe.</summary>
public sealed class SigmaRule : Rule
{
    internal SigmaRule(RuleInfo info, LogSource source, Matcher matcher, bool alertsAlone)
        : base(info, alertsAlone)
    {
        Source = source;
        Matcher = matcher;
    }

    /// <summary>The records that the rule sees: those whose source has every value said here.</summary>
    public LogSource Source { get; }

    /// <summary>The compiled condition, filters included.</summary>
    internal Matcher Matcher { get; }

    /// <summary>Most steps for each character of a record's texts: see <see cref="MatchCost"/>.</summary>
    internal long StepsPerCharacter { get; init; }

    /// <summary>True when the record in view fulfils the condition. The caller has checked the source.</summary>
    public bool Matches(IEventView e) => Matcher.Matches(e);
}
