using Detection.Rules;

namespace Detection.Correlation;

/// <summary>Who wants the firings of a rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Number">Number of the rule, over both kinds.</param>
/// <param name="Roles">Number of each correlation that refers to it, and which of its rules it is there.</param>
internal sealed record RuleTargets(Rule Rule, int Number, (int Correlation, int Role)[] Roles)
{
    /// <summary>False when nobody wants the firings: the rule's correlations were refused.</summary>
    public bool IsUsed => Rule.AlertsAlone || Roles.Length > 0;

    /// <summary>The targets of all rules of a kind.</summary>
    public static RuleTargets[] Of(IReadOnlyList<Rule> rules, int firstNumber, IReadOnlyList<CorrelationRule> correlations)
    {
        var roles = correlations
            .SelectMany((correlation, number) => correlation.Rules.Select((rule, role) => (rule, Target: (number, role))))
            .ToLookup(entry => entry.rule, entry => entry.Target);
        return [.. rules.Select((rule, i) => new RuleTargets(rule, firstNumber + i, [.. roles[rule]]))];
    }
}
