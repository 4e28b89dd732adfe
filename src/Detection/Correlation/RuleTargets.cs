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
        // Numbers and roles by turns: lists of pairs are compiled anew by every process.
        var turns = new Dictionary<Rule, List<int>>();
        for (var number = 0; number < correlations.Count; number++)
        {
            for (var role = 0; role < correlations[number].Rules.Count; role++)
            {
                var rule = correlations[number].Rules[role];
                if (!turns.TryGetValue(rule, out var ofRule))
                {
                    turns.Add(rule, ofRule = []);
                }

                ofRule.Add(number);
                ofRule.Add(role);
            }
        }

        return [.. rules.Select((rule, i) => new RuleTargets(rule, firstNumber + i, Roles(turns.GetValueOrDefault(rule) ?? [])))];

        static (int, int)[] Roles(List<int> turns)
        {
            var roles = new (int, int)[turns.Count / 2];
            for (var i = 0; i < roles.Length; i++)
            {
                roles[i] = (turns[2 * i], turns[(2 * i) + 1]);
            }

            return roles;
        }
    }
}
