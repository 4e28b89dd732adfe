using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Index;

/// <summary>Makes the part of an index for the rules of one log source.</summary>
internal sealed class SourceIndexBuilder(MarkLayout layout, LiteralHits hits)
{
    private const int MaxGroups = 8;
    private const int MinRulesOfGroup = 3;

    /// <summary>The part.</summary>
    /// <param name="source">What all the rules say.</param>
    /// <param name="rules">The rules with their numbers.</param>
    public SourceIndex Build(LogSource source, IReadOnlyList<(int Number, SigmaRule Rule)> rules)
    {
        var finder = new GuardFinder(OddsOf(rules.Select(rule => rule.Rule.Matcher)));
        List<(int Number, IReadOnlyList<Guard> Guards)> guarded = [.. rules.Select(rule => (rule.Number, finder.Find(rule.Rule.Matcher)))];
        var field = SwitchOf(guarded.Select(rule => rule.Guards));
        string[] values = field is null ? [] : [.. guarded.SelectMany(rule => ValuesOf(rule.Guards, field)).Distinct()];
        return new SourceIndex(source, field, [.. values.Select(value => (value, GroupOf(guarded, field, value)))], GroupOf(guarded, field, null));
    }

    // What is mentioned is known only when every rule was seen, so guards are found twice.
    private static LiteralOdds OddsOf(IEnumerable<Matcher> matchers)
    {
        var odds = new LiteralOdds();
        var finder = new GuardFinder(new LiteralOdds());
        foreach (var literal in matchers.SelectMany(finder.Find).SelectMany(guard => guard.Literals))
        {
            odds.Mention(literal);
        }

        return odds;
    }

    // The field that at least half of the rules ask for one of few values, each value by several rules.
    private static Field? SwitchOf(IEnumerable<IReadOnlyList<Guard>> rules)
    {
        var all = rules.ToList();
        return all.SelectMany(guards => guards.Where(IsSwitch).Select(guard => guard.Literals[0].Field!).Distinct())
            .GroupBy(field => field).Where(asking => 2 * asking.Count() >= all.Count)
            .Select(asking => (Field: asking.Key, Rules: asking.Count(), Values: all.SelectMany(guards => ValuesOf(guards, asking.Key)).Distinct().Count()))
            .Where(asking => asking.Values <= MaxGroups && asking.Rules >= MinRulesOfGroup * asking.Values)
            .OrderByDescending(asking => asking.Rules).Select(asking => asking.Field).FirstOrDefault();
    }

    private static bool IsSwitch(Guard guard) => guard.Literals.All(literal =>
        literal.Field is not null && literal.Field == guard.Literals[0].Field && literal.Place == PatternPlace.Whole);

    private static IEnumerable<string> ValuesOf(IReadOnlyList<Guard> guards, Field field) =>
        guards.Where(guard => Asks(guard, field)).SelectMany(guard => guard.Literals).Select(literal => literal.Text);

    private static bool Asks(Guard guard, Field? field) => IsSwitch(guard) && guard.Literals[0].Field == field;

    private RuleGroup GroupOf(List<(int Number, IReadOnlyList<Guard> Guards)> rules, Field? field, string? value)
    {
        var group = new RuleGroupBuilder(layout, hits);
        foreach (var (number, guards) in rules)
        {
            // The group meets these guards; what is left are the others.
            if (guards.Where(guard => field is not null && Asks(guard, field)).All(guard => guard.Literals.Any(literal => literal.Text == value)))
            {
                group.Add(number, [.. guards.Where(guard => field is null || !Asks(guard, field))]);
            }
        }

        return group.Build();
    }
}
