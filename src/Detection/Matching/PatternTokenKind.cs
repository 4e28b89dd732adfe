namespace Detection.Matching;

/// <summary>What a step of a pattern takes.</summary>
internal enum PatternTokenKind : byte
{
    /// <summary>This character.</summary>
    Literal,

    /// <summary>Any run of characters, also none.</summary>
    AnyRun,

    /// <summary>Exactly one character.</summary>
    AnyOne,

    /// <summary>One of the dashes that people and programs take for each other, or a slash.</summary>
    AnyDash,
}
