using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads <c>group-by</c> and <c>aliases</c>.</summary>
internal static class GroupByReader
{
    /// <summary>The entries in the order given; empty when nothing is said.</summary>
    public static IReadOnlyList<GroupBy> Read(
        RuleNode correlation,
        CorrelationType? type,
        bool hasExpression,
        IReadOnlyList<RuleNode> references,
        ReadContext context)
    {
        Dictionary<string, GroupBy> aliases = [];
        context.Faults.Try(() => ReadAliases(correlation.Find("aliases"), references, context, aliases));
        var groupBy = new List<GroupBy>();
        var node = correlation.Find("group-by");
        foreach (var entry in node is { Kind: NodeKind.Sequence } ? node.Items : node is null ? [] : [node])
        {
            context.Faults.Try(() =>
            {
                var group = ReadEntry(entry, aliases, references.Count, context.Fields);
                Check(entry, group, groupBy, mayRelate: type is null or CorrelationType.TemporalOrdered && !hasExpression);
                groupBy.Add(group);
            });
        }

        return groupBy;
    }

    private static GroupBy ReadEntry(RuleNode entry, Dictionary<string, GroupBy> aliases, int rules, FieldTable table)
    {
        var name = entry.Text("an entry of group-by");
        if (name.Length == 0)
        {
            throw entry.Fault("an entry of group-by needs a name", "a field, an alias or a derived key");
        }

        var kind = DerivedKind(name);
        return aliases.TryGetValue(name, out var alias)
            ? alias
            : new GroupBy(name, kind, kind == GroupKind.Field ? [.. Enumerable.Repeat(table.Get(name), rules)] : []) { Line = entry.Line, Column = entry.Column };
    }

    private static void Check(RuleNode entry, GroupBy group, List<GroupBy> earlier, bool mayRelate)
    {
        if (earlier.Exists(other => other.Name == group.Name))
        {
            throw entry.Fault($"'{group.Name}' stands twice in group-by", "once");
        }

        if (group.IsRelation && !mayRelate)
        {
            throw entry.Fault(
                $"'{group.Name}' relates an earlier event to a later one: only temporal_ordered without a condition can group by it",
                "session, process or host");
        }

        if (group.IsRelation && earlier.Exists(other => other.IsRelation))
        {
            throw entry.Fault("only one of lineage and lineage-or-session can be used", "lineage-or-session is the wider one");
        }
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

    private static void ReadAliases(
        RuleNode? node, IReadOnlyList<RuleNode> references, ReadContext context, Dictionary<string, GroupBy> aliases)
    {
        foreach (var (name, fields) in node?.AsMapping("aliases").Entries ?? [])
        {
            context.Faults.Try(() =>
            {
                if (DerivedKind(name.Value) != GroupKind.Field)
                {
                    throw name.Fault($"alias '{name.Value}' has the name of a derived group key", "another name");
                }

                var read = ReadAlias(name, fields, references, context.Fields);
                aliases.Add(name.Value, new GroupBy(name.Value, GroupKind.Field, read) { Line = name.Line, Column = name.Column });
            });
        }
    }

    private static Field[] ReadAlias(RuleNode name, RuleNode fields, IReadOnlyList<RuleNode> references, FieldTable table)
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
