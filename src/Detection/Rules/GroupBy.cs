using Detection.Taxonomy;

namespace Detection.Rules;

/// <summary>One entry of <c>group-by</c>. Immutable.</summary>
public sealed class GroupBy
{
    internal GroupBy(string name, GroupKind kind, IReadOnlyList<Field> fields)
    {
        Name = name;
        Kind = kind;
        Fields = fields;
    }

    /// <summary>The names that are derived keys, not fields.</summary>
    public static IReadOnlyList<string> DerivedKeys { get; } = ["host", "process", "parent", "session", "container", "lineage", "lineage-or-session"];

    /// <summary>As the rule says it: a field, an alias or a derived key.</summary>
    public string Name { get; }

    /// <summary>How events are compared.</summary>
    public GroupKind Kind { get; }

    /// <summary>
    /// For <see cref="GroupKind.Field"/>: the field to read, per referenced rule; else empty. If that rule is a correlation, the value is
    /// that of its own group where it has an entry of this name, else the field of its last event.
    /// </summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Line of the entry in its file, or of the alias that it names, from 1.</summary>
    public int Line { get; init; }

    /// <summary>Column of the same, from 1.</summary>
    public int Column { get; init; }

    /// <summary>True for a relation between an earlier and a later event that is not an equality.</summary>
    public bool IsRelation => Kind is GroupKind.Lineage or GroupKind.LineageOrSession;
}
