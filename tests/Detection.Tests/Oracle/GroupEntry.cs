namespace Detection.Tests.Oracle;

/// <summary>One entry of group-by.</summary>
/// <param name="Name">Field, derived key or alias.</param>
/// <param name="Fields">For an alias: the field, per referenced rule.</param>
internal sealed record GroupEntry(string Name, IReadOnlyDictionary<string, string>? Fields = null)
{
    /// <summary>True for a key that one host only can have.</summary>
    public bool IsDerived => Fields is null && Name is "host" or "process" or "parent" or "session" or "container" or "lineage" or "lineage-or-session";

    /// <summary>True for a relation between an earlier and a later event.</summary>
    public bool IsRelation => Name is "lineage" or "lineage-or-session";
}
