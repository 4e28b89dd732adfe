namespace Detection.Tests.Oracle;

/// <summary>Draws correlations of a family.</summary>
internal sealed class RuleGenerator(Random random)
{
    private static readonly string[] Fields = ["User", "EffectiveUser", "CurrentDirectory", "Gid"];
    private static readonly string[] GroupNames = ["User", "EffectiveUser", "Gid", "host", "process", "parent", "session", "container"];
    private static readonly decimal[] Percentiles = [0, 10, 25, 50, 75, 90, 95, 99.5m, 100];

    /// <summary>The families.</summary>
    public static string[] Families { get; } =
        ["event_count", "value_count", "temporal", "temporal_ordered", "boolean", "numeric", "lineage", "chained"];

    /// <summary>One rule of the family, or for chained several, inner ones first.</summary>
    /// <param name="family">The family.</param>
    /// <param name="name">Name of a rule that is alone.</param>
    public List<RuleSpec> Draw(string family, string name)
    {
        if (family != "chained")
        {
            return [Simple(family, name, Letters(family))];
        }

        var inner = Pick(Families[..^1]);
        List<RuleSpec> rules = [Simple(inner, "inner", Letters(inner))];
        List<string> parts = ["inner"];
        if (random.Next(4) == 0)
        {
            rules.Add(Simple(Pick(Families[..3]), "middle", [.. Letters("").Take(1), "inner"]));
            parts = random.Next(2) == 0 ? ["middle"] : ["middle", "inner"];
        }

        if (parts.Count == 1 || random.Next(3) > 0)
        {
            parts.Insert(random.Next(parts.Count + 1), Pick(["a", "b", "c", "d"]));
        }

        var outer = Simple(Pick(["event_count", "value_count", "temporal", "temporal_ordered", "boolean", "numeric", "lineage"]), "outer", parts);
        var named = outer.Groups.Count > 0 && random.Next(2) == 0 ? WithNames(rules[0], outer) : outer.Groups;
        rules.Add(outer with { Groups = [.. named.Where(entry => !entry.IsRelation), .. outer.Groups.Where(entry => entry.IsRelation)] });
        return rules;
    }

    private RuleSpec Simple(string family, string name, List<string> roles)
    {
        var rule = new RuleSpec
        {
            Name = name,
            Type = family is "boolean" ? Pick(["temporal", "temporal_ordered"]) : family is "lineage" ? "temporal_ordered" : family,
            Roles = roles,
            Seconds = Pick([1, 2, 3, 5, 10]),
            Generate = random.Next(5) == 0,
            Groups = Groups(roles),
        };
        return family switch
        {
            "event_count" => rule with { Bounds = CountBounds(4) },
            "value_count" => rule with { Bounds = CountBounds(3), Fields = random.Next(4) == 0 ? Two(Fields) : [Pick(Fields)] },
            "temporal" => rule with { Bounds = random.Next(2) == 0 ? CountBounds(roles.Count) : [] },
            "temporal_ordered" => rule,
            "boolean" => rule with { Formula = FormulaGenerator.Draw(random, roles) },
            "numeric" => Numeric(rule),
            _ => rule with { Groups = [.. random.Next(4) == 0 ? [new GroupEntry("User")] : (GroupEntry[])[], new GroupEntry(Pick(["lineage", "lineage-or-session"]))] },
        };
    }

    private RuleSpec Numeric(RuleSpec rule)
    {
        var type = Pick(["value_sum", "value_avg", "value_percentile", "value_median"]);
        return rule with
        {
            Type = type,
            Fields = [Pick(["Gid", "CurrentDirectory"])],
            Percentile = type == "value_percentile" ? Pick(Percentiles) : 50,
            Bounds = random.Next(4) == 0
                ? [new Bound(Pick(["gt", "gte"]), random.Next(0, 3)), new Bound(Pick(["lt", "lte"]), random.Next(3, 6))]
                : [new Bound(Pick(["gt", "gte", "lt", "lte", "eq", "neq"]), Pick([0, 0.3m, 1, 1.5m, 2, 3, 5]))],
        };
    }

    private List<string> Letters(string family)
    {
        string[] letters = ["a", "b", "c", "d"];
        random.Shuffle(letters);
        var severalRules = family is "temporal" or "temporal_ordered" or "boolean" or "lineage";
        List<string> roles = [.. letters.Take(severalRules ? Pick([2, 2, 3]) : Pick([1, 2, 3]))];
        if (family == "temporal_ordered" && random.Next(3) == 0)
        {
            roles.Insert(0, roles[0]);
        }

        return roles;
    }

    private List<GroupEntry> Groups(List<string> roles)
    {
        var kind = random.Next(10);
        return kind switch
        {
            0 or 1 => [],
            2 => [.. Two(GroupNames).Select(name => new GroupEntry(name))],
            3 or 4 => [new GroupEntry("who", roles.Distinct().ToDictionary(role => role, _ => Pick(["User", "EffectiveUser"])))],
            _ => [new GroupEntry(Pick(GroupNames))],
        };
    }

    // Entries of the inner rule's group-by, so that its own values are asked for.
    private static List<GroupEntry> WithNames(RuleSpec inner, RuleSpec outer) =>
    [
        .. inner.Groups.Where(entry => !entry.IsRelation).Select(entry =>
            entry.Fields is null ? entry : new GroupEntry(entry.Name, outer.Roles.Distinct().ToDictionary(role => role, _ => "EffectiveUser"))),
    ];

    private List<Bound> CountBounds(int most)
    {
        var low = random.Next(1, most + 1);
        return random.Next(8) switch
        {
            < 2 => [new Bound("gt", low - 1)],
            < 4 => [new Bound("gte", low)],
            4 => [new Bound("lt", low + 1)],
            5 => [new Bound(Pick(["lte", "eq", "neq"]), low)],
            6 => [new Bound("gte", low), new Bound("lte", low + random.Next(2))],
            _ => [new Bound("gt", low - 1), new Bound("lt", low + 1 + random.Next(2))],
        };
    }

    private string[] Two(string[] names)
    {
        string[] copy = [.. names];
        random.Shuffle(copy);
        return copy[..2];
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
