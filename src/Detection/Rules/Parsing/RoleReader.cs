namespace Detection.Rules.Parsing;

/// <summary>Reads the boolean form of a temporal correlation's <c>condition</c>.</summary>
internal static class RoleReader
{
    private const long MaxConjunctions = 64;

    /// <summary>The expression over the rules of a correlation.</summary>
    /// <param name="condition">The text.</param>
    /// <param name="type">One of the temporal types.</param>
    /// <param name="rules">The rules that the correlation refers to, each once.</param>
    /// <param name="resolve">Finds the rule of a name, or throws a <see cref="RuleFault"/>.</param>
    public static RoleExpression Read(RuleNode condition, CorrelationType type, IReadOnlyList<Rule> rules, Func<RuleNode, Rule> resolve)
    {
        var used = new bool[rules.Count];
        var expression = RoleParser.Parse(condition, name =>
        {
            var rule = resolve(name);
            for (var role = 0; role < rules.Count; role++)
            {
                if (rules[role] == rule)
                {
                    used[role] = true;
                    return role;
                }
            }

            throw name.Fault($"the condition names '{name.Value}', but rules does not", "the same rules in both, or leave rules out");
        });
        if (Array.IndexOf(used, false) is >= 0 and var unused)
        {
            throw condition.Fault(
                $"the condition does not say what becomes of '{rules[unused].Info.Title}'", "the same rules in both, or leave rules out");
        }

        // No event could ever decide it: it is looked at when a rule has matched.
        if (expression.Holds(new bool[rules.Count]))
        {
            throw condition.Fault("the condition holds when no rule occurs at all", "with each 'not', an 'and' with a rule that must occur");
        }

        if (type == CorrelationType.TemporalOrdered && Conjunctions(expression, negated: false) > MaxConjunctions)
        {
            throw condition.Fault($"the condition stands for more than {MaxConjunctions} alternatives", "several correlations, one for each group of them");
        }

        return expression;
    }

    // Length of the disjunctive normal form, without looking for parts that fall together.
    private static long Conjunctions(RoleExpression expression, bool negated)
    {
        switch (expression)
        {
            case RoleExpression.Not not:
                return Conjunctions(not.Part, !negated);
            case RoleExpression.All all:
                return Join(all.Parts, negated, product: !negated);
            case RoleExpression.Any any:
                return Join(any.Parts, negated, product: negated);
            default:
                return 1;
        }
    }

    private static long Join(IReadOnlyList<RoleExpression> parts, bool negated, bool product)
    {
        long total = product ? 1 : 0;
        foreach (var part in parts)
        {
            var count = Conjunctions(part, negated);
            total = Math.Min(product ? total * count : total + count, MaxConjunctions + 1);
        }

        return total;
    }
}
