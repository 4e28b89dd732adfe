namespace AlertLambda.Shards;

/// <summary>Order of sequence numbers: decimal, of any length, without leading zeros.</summary>
internal static class SequenceNumber
{
    internal static int Compare(string one, string other) =>
        one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other);

    /// <summary>Whether a number is not behind another; that of nothing is before all.</summary>
    internal static bool IsUpTo(string? number, string? other) => number is null || (other is not null && Compare(number, other) <= 0);
}
