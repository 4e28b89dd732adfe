namespace Detection.Tests.Oracle;

/// <summary>A rule fires in a group at an event.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Group">Its group.</param>
/// <param name="Index">Place of the event in the total order.</param>
/// <param name="Verdict">How sure.</param>
internal sealed record OracleFiring(string Rule, IReadOnlyList<GroupValue> Group, int Index, OracleVerdict Verdict)
{
    /// <summary>What lies in its window, of its group; entries of the group that are a relation are left open. Of a rule over events nothing.</summary>
    public IReadOnlyList<OracleMember> Window { get; init; } = [];

    /// <summary>Equal for equal groups.</summary>
    public string GroupKey => KeyOf(Group);

    /// <inheritdoc cref="GroupKey"/>
    public static string KeyOf(IReadOnlyList<GroupValue> group) => string.Join("; ", group.Select(value => $"{value} in {value.Scope}"));

    /// <summary>As reports show it.</summary>
    public string GroupText => string.Join(", ", Group);
}
