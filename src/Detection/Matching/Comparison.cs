namespace Detection.Matching;

/// <summary>How a number is compared.</summary>
internal enum Comparison
{
    /// <summary>The same.</summary>
    Equal,

    /// <summary>Below.</summary>
    Less,

    /// <summary>Below or equal.</summary>
    LessOrEqual,

    /// <summary>Above.</summary>
    Greater,

    /// <summary>Above or equal.</summary>
    GreaterOrEqual,
}
