using Detection.Findings;
using Detection.Matching;

namespace Detection.Tuning;

/// <summary>What one rule's tuning comes to.</summary>
/// <param name="Exceptions">Each matches what the rule does not fire at.</param>
/// <param name="Meaning">What goes into the meaning of the rule.</param>
/// <param name="Level">Another level, or null.</param>
internal sealed record RuleTuning(IReadOnlyList<Matcher> Exceptions, string Meaning, RuleLevel? Level)
{
    public static RuleTuning None { get; } = new([], "", null);

    /// <summary>What people are told of the rule.</summary>
    public RuleInfo Apply(RuleInfo info) => Level is { } level ? info with { Level = level } : info;

    /// <summary>True when an exception matches.</summary>
    public static bool Any(IReadOnlyList<Matcher> exceptions, Taxonomy.IEventView view)
    {
        foreach (var exception in exceptions)
        {
            if (exception.Matches(view))
            {
                return true;
            }
        }

        return false;
    }
}
