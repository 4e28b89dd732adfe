namespace Detection.Routing;

/// <summary>Which bit stands for which guard of which rule: a row of words for the first guards of all rules, then one for the second.</summary>
/// <param name="Rules">Number of rules.</param>
internal readonly record struct MarkLayout(int Rules)
{
    /// <summary>Guards of a rule that are looked at.</summary>
    public const int Guards = 2;

    /// <summary>Words of a row.</summary>
    public int RowWords => (Rules + 63) / 64;

    /// <summary>Words of all rows.</summary>
    public int Words => Guards * RowWords;

    /// <summary>Number of the bit.</summary>
    public int MarkOf(int rule, int guard) => (guard * RowWords * 64) + rule;
}
