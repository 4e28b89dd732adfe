namespace Detection.Correlation;

/// <summary>Compares keys of groups, also with a text that is the key of the scope in <see cref="GroupIndex.Equal"/>.</summary>
internal sealed class GroupKeyComparer : IEqualityComparer<GroupKey>, IAlternateEqualityComparer<ReadOnlySpan<char>, GroupKey>
{
    public bool Equals(GroupKey x, GroupKey y) => x.Index == y.Index && x.Process == y.Process && x.Scope == y.Scope;

    // An index by process has few scopes; the text is hashed with a secret, the pid and the time of start cannot be chosen.
    public int GetHashCode(GroupKey obj) => string.GetHashCode(obj.Scope) ^ obj.Process.GetHashCode();

    public bool Equals(ReadOnlySpan<char> alternate, GroupKey other) =>
        other.Index == GroupIndex.Equal && !other.Process.IsKnown && alternate.SequenceEqual(other.Scope);

    public int GetHashCode(ReadOnlySpan<char> alternate) => string.GetHashCode(alternate) ^ default(Wire.Model.ProcessKey).GetHashCode();

    public GroupKey Create(ReadOnlySpan<char> alternate) => new(alternate.ToString(), GroupIndex.Equal);
}
