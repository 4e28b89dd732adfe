namespace Detection;

/// <summary>Ordinal order of texts, as <see cref="StringComparer.Ordinal"/> has it. Thread-safe.</summary>
/// <remarks>.NET's own comparison is compiled anew by every process, which takes longer than to sort all names and literals of a pack.</remarks>
internal sealed class TextOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static TextOrder Ordinal { get; } = new();

    /// <summary>Below 0 when the first comes before the second, 0 when they are equal.</summary>
    public int Compare(string? x, string? y)
    {
        string one = x ?? "", other = y ?? "";
        var common = Math.Min(one.Length, other.Length);
        for (var i = 0; i < common; i++)
        {
            if (one[i] != other[i])
            {
                return one[i] - other[i];
            }
        }

        return one.Length - other.Length;
    }
}
