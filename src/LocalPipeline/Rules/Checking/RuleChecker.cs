using Detection.Findings;
using Detection.Rules;
using Detection.Taxonomy;

namespace LocalPipeline.Rules.Checking;

/// <summary>Finds rules that load and yet can never fire from what our sensor sends.</summary>
internal sealed class RuleChecker(WatchLists watch)
{
    /// <summary>A warning for each of them, in the form of a refusal.</summary>
    internal IReadOnlyList<RefusedRule> Warnings(RulePack pack)
    {
        var warnings = new List<RefusedRule>();
        var dead = new HashSet<Rule>();
        var finder = new ReachFinder(watch);
        foreach (var rule in pack.Rules)
        {
            var reach = finder.Of(rule);
            if (reach.CanHold && RecordReach.Matching(rule).Count > 0)
            {
                continue;
            }

            dead.Add(rule);
            warnings.AddRange((reach.CanHold ? RecordReach.Obstacles(rule) : reach.Obstacles).Distinct().Select(obstacle => Warn(rule.Info, obstacle.Line, obstacle.Reason, obstacle.WayOut)));
        }

        // Inner correlations stand before those that refer to them.
        foreach (var rule in pack.Correlations)
        {
            var groups = GroupWarnings(rule);
            warnings.AddRange(groups);
            if (WhyNever(rule, dead, withGroups: true) is null)
            {
                continue;
            }

            // Where only the groups are to blame, they have been named.
            if (WhyNever(rule, dead, withGroups: false) is { } reason)
            {
                warnings.Add(Warn(rule.Info, 0, reason, ""));
            }

            dead.Add(rule);
        }

        return warnings;
    }

    private static RefusedRule Warn(RuleInfo rule, int line, string reason, string wayOut) =>
        new(rule.File, line, line == 0 ? 0 : 1, rule.Title, "can never fire: " + reason, wayOut);

    // Of rules whose log source is not fed nothing is produced: that is told with them.
    private static RefusedRule[] GroupWarnings(CorrelationRule rule) =>
    [
        .. rule.GroupBy.Where(group => group.Kind == GroupKind.Field).SelectMany(group => group.Fields
            .Zip(rule.Rules, (field, part) => (field.Name, Part: part as SigmaRule))
            .Where(entry => entry.Part is not null && HostTaxonomy.Fed.Any(entry.Part.Source.Covers) && !Has(entry.Part, entry.Name))
            .DistinctBy(entry => (entry.Name, entry.Part!.Source))
            .Select(entry => Warn(rule.Info, group, entry.Name, entry.Part!))),
    ];

    // Of a rule that matches nothing only the log source counts: the rest is told with it.
    private static bool Has(SigmaRule part, string field)
    {
        var records = RecordReach.Matching(part);
        return HostTaxonomy.Produces(field, part.Source) && (records.Count == 0 || records.Any(record => record.MayHold(field)));
    }

    private static RefusedRule Warn(RuleInfo rule, GroupBy group, string field, SigmaRule part)
    {
        var source = part.Source;
        var alias = field == group.Name ? "" : $" (alias {group.Name})";
        var reason = HostTaxonomy.Produces(field, source)
            ? $"the records that {RuleWords.NameOf(part.Info)} matches never have the field {field}"
            : UnknownField.Reason(field, source);
        return new RefusedRule(
            rule.File, group.Line, group.Column, rule.Title, $"group-by{alias}: {reason}: its events take part in no group",
            UnknownField.WayOut(field, source, alias.Length == 0 ? GroupBy.DerivedKeys : []));
    }

    private static string? WhyNever(CorrelationRule rule, HashSet<Rule> dead, bool withGroups)
    {
        if (rule.ValueFields.FirstOrDefault(field => rule.Rules.OfType<SigmaRule>().Any(part => !Has(part, field.Name))) is { } value)
        {
            return $"the field {value.Name} is never produced for its rules";
        }

        bool[] alive = [.. rule.Rules.Select((part, role) => !dead.Contains(part) && (!withGroups || HasGroup(rule, role)))];
        if (rule.Expression is { } expression)
        {
            return CanHold(expression, alive) ? null : "its condition needs rules that never do";
        }

        var needed = rule.Type is CorrelationType.Temporal or CorrelationType.TemporalOrdered && rule.Condition is null ? alive.Length : 1;
        var missing = string.Join(", ", rule.Rules.Where((_, role) => !alive[role]).Select(part => RuleWords.NameOf(part.Info)).Distinct());
        return alive.Count(isAlive => isAlive) >= needed ? null : $"of its rules these never do: {missing}";
    }

    private static bool HasGroup(CorrelationRule rule, int role) => rule.Rules[role] is not SigmaRule part
        || rule.GroupBy.All(group => group.Kind != GroupKind.Field || Has(part, group.Fields[role].Name));

    // A rule that can fire need not: a negation never stands in the way.
    private static bool CanHold(RoleExpression expression, bool[] alive) => expression switch
    {
        RoleExpression.Occurs occurs => alive[occurs.Role],
        RoleExpression.All all => all.Parts.All(part => CanHold(part, alive)),
        RoleExpression.Any any => any.Parts.Any(part => CanHold(part, alive)),
        _ => true,
    };
}
