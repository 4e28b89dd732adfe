namespace Detection.Tests.Oracle;

/// <summary>A referenced rule occurs at an event, in a group.</summary>
internal sealed record OracleMember(string Role, int Index, IReadOnlyList<GroupValue> Group, OracleVerdict Verdict)
{
    /// <summary>Equal for equal groups.</summary>
    public string GroupKey { get; } = string.Join("; ", Group.Select(value => $"{value} in {value.Scope}"));
}
