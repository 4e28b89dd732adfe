namespace Detection.Tests.Oracle;

/// <summary>Chains of <c>temporal_ordered</c>: every choice of ascending events, one per role.</summary>
internal static class OracleChains
{
    /// <summary>True when a chain ends in the event <paramref name="end"/>.</summary>
    /// <param name="rule">The rule, without a relation.</param>
    /// <param name="window">The events of the group in the window.</param>
    /// <param name="end">The event under evaluation.</param>
    public static bool Holds(RuleSpec rule, List<OracleMember> window, int end)
    {
        if (rule.Formula is null)
        {
            return Choices(rule.Roles, window, end).Any();
        }

        var occur = window.Select(member => member.Role).ToHashSet();
        return rule.Formula.Conjunctions().Any(conjunction =>
            conjunction.With.Count > 0 && !conjunction.Without.Overlaps(occur)
            && Choices([.. rule.Roles.Where(conjunction.With.Contains)], window, end).Any());
    }

    /// <summary>The groups in which a chain of related events ends in the event <paramref name="end"/>.</summary>
    public static List<IReadOnlyList<GroupValue>> Related(
        RuleSpec rule, List<OracleMember> window, int end, IReadOnlyList<GroupValue> values, Func<int, EventSpec> specOf)
    {
        var groups = new Dictionary<string, IReadOnlyList<GroupValue>>();
        foreach (var chain in Choices(rule.Roles, window, end))
        {
            var specs = chain.Select(specOf).ToList();
            var entry = rule.Groups.Single(group => group.IsRelation);
            if (Relation(entry.Name, specs) is { } text)
            {
                var value = new GroupValue(entry.Name, OracleGroups.Boot(specs[0]), text);
                IReadOnlyList<GroupValue> group = [.. values.Select(other => other.Name == entry.Name ? value : other)];
                groups.TryAdd(string.Join("; ", group.Select(part => $"{part} in {part.Scope}")), group);
            }
        }

        return [.. groups.Values];
    }

    /// <summary>All ascending choices of one event per role that end in an event.</summary>
    public static IEnumerable<int[]> Choices(IReadOnlyList<string> roles, List<OracleMember> window, int end)
    {
        if (!window.Any(member => member.Index == end && member.Role == roles[^1]))
        {
            return [];
        }

        return roles.Count == 1
            ? [[end]]
            : window.Select(member => member.Index).Where(index => index < end).Distinct()
                .SelectMany(previous => Choices([.. roles.SkipLast(1)], window, previous)).Select(chain => (int[])[.. chain, end]);
    }

    /// <summary>What a chain's entry of the group is; null when its events are not related.</summary>
    public static string? Relation(string name, List<EventSpec> specs)
    {
        if (specs.Any(spec => OracleGroups.Boot(spec) != OracleGroups.Boot(specs[0])))
        {
            return null;
        }

        var byLineage = specs.Zip(specs.Skip(1)).All(pair => OracleGroups.IsAncestorOrSelf(pair.First.Process, pair.Second.Process));
        if (name == "lineage")
        {
            return byLineage ? OracleGroups.Process(specs[0].Process) : null;
        }

        var session = OracleGroups.Session(specs[^1]);
        return byLineage || IsOfOneSession(specs) ? session ?? OracleGroups.Process(specs[0].Process) : null;
    }

    /// <summary>True for a chain of which all events are of one session.</summary>
    public static bool IsOfOneSession(List<EventSpec> specs) =>
        OracleGroups.Session(specs[^1]) is { } session && specs.All(spec => OracleGroups.Session(spec) == session);
}
