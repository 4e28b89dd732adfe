namespace Detection.Matching;

/// <summary>What a pattern comes down to.</summary>
internal enum PatternShape
{
    /// <summary>Wildcards in the middle: <see cref="StringPattern.Tokens"/> say it.</summary>
    General,

    /// <summary>The text is the literal.</summary>
    Exact,

    /// <summary>The text begins with the literal.</summary>
    Prefix,

    /// <summary>The text ends with the literal.</summary>
    Suffix,

    /// <summary>The literal is somewhere in the text.</summary>
    Contains,
}
