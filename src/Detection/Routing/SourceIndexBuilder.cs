using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>Makes the part of an index for the rules of one log source.</summary>
internal sealed class SourceIndexBuilder(MarkLayout layout, LiteralHits hits)
{
    private const int MaxGroups = 8;
    private const int MinRulesOfGroup = 3;

    /// <summary>The part.</summary>
    /// <param name="source">What all the rules say.</param>
    /// <param name="rules">The rules with their numbers.</param>
    public SourceIndex Build(LogSource source, IReadOnlyList<NumberedRule> rules)
    {
        var finder = new GuardFinder(OddsOf(rules.Select(rule => rule.Rule.Matcher)));
        var field = SwitchOf([.. rules.Select(rule => finder.Find(rule.Rule.Matcher)!)], out var values);
        if (field is null)
        {
            return new SourceIndex(source, null, [], GroupOf(rules, finder, null), []);
        }

        var groups = new (string, RuleGroup)[values.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = (values[i], GroupOf(rules, finder, new KnownValue(field, values[i], values)));
        }

        return new SourceIndex(source, field, groups, GroupOf(rules, finder, new KnownValue(field, null, values)), AllOf(rules));
    }

    // What is mentioned is known only when every rule was seen, so guards are found twice.
    private static LiteralOdds OddsOf(IEnumerable<Matcher> matchers)
    {
        var odds = new LiteralOdds();
        var finder = new GuardFinder(new LiteralOdds());
        foreach (var literal in matchers.SelectMany(matcher => finder.Find(matcher)!).SelectMany(guard => guard.Literals))
        {
            odds.Mention(literal);
        }

        return odds;
    }

    // The field that at least half of the rules ask for one of few values, each value by several rules.
    private static Field? SwitchOf(IReadOnlyList<IReadOnlyList<Guard>> rules, out string[] values)
    {
        var found = rules.SelectMany(guards => guards.Where(IsSwitch).Select(guard => guard.Literals[0].Field!).Distinct())
            .GroupBy(field => field).Where(asking => 2 * asking.Count() >= rules.Count)
            .Select(asking => new { Field = asking.Key, Rules = asking.Count(), Values = ValuesOf(rules, asking.Key) })
            .Where(asking => asking.Values.Length <= MaxGroups && asking.Rules >= MinRulesOfGroup * asking.Values.Length)
            .OrderByDescending(asking => asking.Rules).FirstOrDefault();
        values = found?.Values ?? [];
        return found?.Field;
    }

    private static bool IsSwitch(Guard guard) => guard.Literals.All(literal =>
        literal.Field is not null && literal.Field == guard.Literals[0].Field && literal.Place == PatternPlace.Whole);

    private static string[] ValuesOf(IEnumerable<IReadOnlyList<Guard>> rules, Field field) =>
    [
        .. rules.SelectMany(guards => guards).Where(guard => IsSwitch(guard) && guard.Literals[0].Field == field)
            .SelectMany(guard => guard.Literals).Select(literal => literal.Text).Distinct(),
    ];

    private ulong[] AllOf(IReadOnlyList<NumberedRule> rules)
    {
        var all = new RuleGroupBuilder(layout, hits);
        foreach (var rule in rules)
        {
            all.Add(rule.Number, Guard.None);
        }

        return all.Build().Given;
    }

    private RuleGroup GroupOf(IReadOnlyList<NumberedRule> rules, GuardFinder finder, KnownValue? known)
    {
        var group = new RuleGroupBuilder(layout, hits);
        foreach (var (number, rule) in rules)
        {
            if (finder.Find(rule.Matcher, known) is { } guards)
            {
                group.Add(number, guards);
            }
        }

        return group.Build();
    }
}
