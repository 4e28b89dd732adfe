namespace Detection.Tests.Oracle;

/// <summary>Which events a firing of a correlation over events shows: places in the total order, ascending.</summary>
internal static class OracleWitnesses
{
    /// <summary>The lists that may be shown: mostly one. Of a boolean chain one for each alternative; of a count every one that is long enough.</summary>
    public static IEnumerable<List<int>> Of(RuleSpec rule, OracleFiring firing, Func<int, EventSpec> specOf)
    {
        List<int> all = [.. firing.Window.Select(member => member.Index).Distinct().Order()];
        return rule.Type switch
        {
            "temporal" => [LatestOfEach(firing)],
            "temporal_ordered" when rule.Groups.Any(entry => entry.IsRelation) => [Related(rule, firing, specOf)],
            "temporal_ordered" => Chains(rule, firing),
            "event_count" when !rule.DependsOnAbsence => Enumerable.Range(0, all.Count).Select(from => all[from..])
                .Where(latest => rule.Bounds.All(bound => bound.Holds(latest.Count, 1))),
            _ => [all],
        };
    }

    private static List<int> LatestOfEach(OracleFiring firing) =>
        [.. firing.Window.GroupBy(member => member.Role).Select(role => role.Max(member => member.Index)).Distinct().Order()];

    private static IEnumerable<List<int>> Chains(RuleSpec rule, OracleFiring firing)
    {
        List<OracleMember> window = [.. firing.Window];
        if (rule.Formula is null)
        {
            return [Latest(OracleChains.Choices(rule.Roles, window, firing.Index))!];
        }

        var occur = window.Select(member => member.Role).ToHashSet();
        return rule.Formula.Conjunctions()
            .Where(conjunction => conjunction.With.Count > 0 && !conjunction.Without.Overlaps(occur))
            .Select(conjunction => Latest(OracleChains.Choices([.. rule.Roles.Where(conjunction.With.Contains)], window, firing.Index)))
            .OfType<List<int>>();
    }

    // Of those that start last the one by session, if there is one.
    private static List<int> Related(RuleSpec rule, OracleFiring firing, Func<int, EventSpec> specOf)
    {
        var relation = rule.Groups.Single(entry => entry.IsRelation).Name;
        var text = firing.Group.Single(value => value.Name == relation).Text;
        var chains = OracleChains.Choices(rule.Roles, [.. firing.Window], firing.Index)
            .Where(chain => OracleChains.Relation(relation, [.. chain.Select(specOf)]) == text).ToList();
        chains = [.. chains.Where(chain => chain[0] == chains.Max(other => other[0]))];
        var bySession = relation == "lineage" ? [] : chains.Where(chain => OracleChains.IsOfOneSession([.. chain.Select(specOf)])).ToList();
        return Latest(bySession.Count > 0 ? bySession : chains)!;
    }

    // The latest start, then the latest second event, and so on; null when there is none.
    private static List<int>? Latest(IEnumerable<int[]> chains)
    {
        int[]? latest = null;
        foreach (var chain in chains)
        {
            if (latest is null || chain.Zip(latest).FirstOrDefault(pair => pair.First != pair.Second) is var (one, other) && one > other)
            {
                latest = chain;
            }
        }

        return latest is null ? null : [.. latest];
    }
}
