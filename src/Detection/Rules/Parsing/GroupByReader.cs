using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads <c>group-by</c> and <c>aliases</c>.</summary>
internal static class GroupByReader
{
    /// <summary>The entries in the order given; empty when nothing is said.</summary>
    public static IReadOnlyList<GroupBy> Read(
        RuleNode correlation,
        CorrelationType type,
        bool hasExpression,
        IReadOnlyList<RuleNode> references,
        IReadOnlyList<Rule> rules,
        FieldTable table)
    {
        var aliases = ReadAliases(correlation.Find("aliases"), references, rules, table);
        var groupBy = new List<GroupBy>();
        var node = correlation.Find("group-by");
        foreach (var entry in node is { Kind: NodeKind.Sequence } ? node.Items : node is null ? [] : [node])
        {
            var name = entry.Text("an entry of group-by");
            if (name.Length == 0)
            {
                throw entry.Fault("an entry of group-by needs a name", "a field, an alias or a derived key");
            }

            if (groupBy.Exists(earlier => earlier.Name == name))
            {
                throw entry.Fault($"'{name}' stands twice in group-by", "once");
            }

            var group = aliases.GetValueOrDefault(name) ?? ReadEntry(entry, name, rules, table);
            if (group.IsRelation && (type != CorrelationType.TemporalOrdered || hasExpression))
            {
                throw entry.Fault(
                    $"'{name}' relates an earlier event to a later one: only temporal_ordered without a condition can group by it",
                    "session, process or host");
            }

            if (group.IsRelation && groupBy.Exists(earlier => earlier.IsRelation))
            {
                throw entry.Fault("only one of lineage and lineage-or-session can be used", "lineage-or-session is the wider one");
            }

            groupBy.Add(group);
        }

        return groupBy;
    }

    private static GroupBy ReadEntry(RuleNode entry, string name, IReadOnlyList<Rule> rules, FieldTable table)
    {
        var kind = DerivedKind(name);
        return new GroupBy(name, kind, kind == GroupKind.Field ? [.. rules.Select(_ => table.Get(name))] : []);
    }

    private static GroupKind DerivedKind(string name) => name switch
    {
        "host" => GroupKind.Host,
        "process" => GroupKind.Process,
        "parent" => GroupKind.Parent,
        "session" => GroupKind.Session,
        "container" => GroupKind.Container,
        "lineage" => GroupKind.Lineage,
        "lineage-or-session" => GroupKind.LineageOrSession,
        _ => GroupKind.Field,
    };

    private static Dictionary<string, GroupBy> ReadAliases(
        RuleNode? node, IReadOnlyList<RuleNode> references, IReadOnlyList<Rule> rules, FieldTable table)
    {
        var aliases = new Dictionary<string, GroupBy>();
        foreach (var (name, fields) in node?.AsMapping("aliases").Entries ?? [])
        {
            if (DerivedKind(name.Value) != GroupKind.Field)
            {
                throw name.Fault($"alias '{name.Value}' has the name of a derived group key", "another name");
            }

            aliases.Add(name.Value, new GroupBy(name.Value, GroupKind.Field, ReadAlias(name, fields, references, rules, table)));
        }

        return aliases;
    }

    private static Field[] ReadAlias(
        RuleNode name, RuleNode fields, IReadOnlyList<RuleNode> references, IReadOnlyList<Rule> rules, FieldTable table)
    {
        foreach (var (rule, _) in fields.AsMapping("an alias").Entries)
        {
            if (!references.Any(reference => reference.Value == rule.Value))
            {
                throw rule.Fault(
                    $"alias '{name.Value}' names '{rule.Value}', which the correlation does not refer to", "as written in rules");
            }
        }

        var resolved = new Field[references.Count];
        for (var i = 0; i < resolved.Length; i++)
        {
            var field = fields.Find(references[i].Value)
                ?? throw name.Fault($"alias '{name.Value}' says no field for rule '{references[i].Value}'", "a field for each rule");
            resolved[i] = table.Get(field.Text("a field"));
        }

        return resolved;
    }
}
