namespace Detection.Matching.Expressions;

/// <summary>What a step does.</summary>
internal enum StepKind : byte
{
    /// <summary>Goes on behind a character that fulfils a test.</summary>
    Character,

    /// <summary>Goes on where the place between characters is of a kind.</summary>
    Place,

    /// <summary>Goes on both ways.</summary>
    Fork,

    /// <summary>The expression was found.</summary>
    Found,
}
