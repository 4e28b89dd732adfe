namespace Detection.Tests.Oracle;

/// <summary>Draws boolean conditions over rules.</summary>
internal static class FormulaGenerator
{
    /// <summary>A condition that names each of <paramref name="rules"/>.</summary>
    /// <remarks>
    /// Every conjunction asks for a rule that occurs, so that there is an event at which it can come true; and none contains another,
    /// because then it would be a matter of taste whether the longer one is a chain of its own.
    /// </remarks>
    public static Formula Draw(Random random, IReadOnlyList<string> rules)
    {
        while (true)
        {
            List<string> names = [.. rules, .. rules.Where(_ => random.Next(4) == 0)];
            var formula = Tree(random, names);
            var conjunctions = formula.Conjunctions();
            if (conjunctions.All(one => one.With.Count > 0 && !one.With.Overlaps(one.Without))
                && !conjunctions.Any(one => conjunctions.Any(other => other != one && one.With.IsSubsetOf(other.With) && one.Without.IsSubsetOf(other.Without))))
            {
                return formula;
            }
        }
    }

    private static Formula Tree(Random random, List<string> names)
    {
        if (names.Count == 1)
        {
            Formula name = new Formula.Name(names[0]);
            return random.Next(3) == 0 ? new Formula.Not(name) : name;
        }

        var left = random.Next(1, names.Count);
        Formula one = Tree(random, names[..left]), other = Tree(random, names[left..]);
        Formula both = random.Next(3) == 0 ? new Formula.Or(one, other) : new Formula.And(one, other);
        return random.Next(8) == 0 ? new Formula.Not(both) : both;
    }
}
