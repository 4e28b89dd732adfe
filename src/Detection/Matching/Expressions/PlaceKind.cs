namespace Detection.Matching.Expressions;

/// <summary>Places between characters that an expression can ask for.</summary>
internal enum PlaceKind
{
    /// <summary>The beginning of the text.</summary>
    Start,

    /// <summary>The end of the text.</summary>
    End,

    /// <summary>The end of the text, or before a line feed that ends it.</summary>
    EndOrLastLineFeed,

    /// <summary>The beginning of the text or of a line.</summary>
    LineStart,

    /// <summary>The end of the text or of a line.</summary>
    LineEnd,

    /// <summary>Between a character of a word and another.</summary>
    WordEdge,

    /// <summary>Anywhere else.</summary>
    NoWordEdge,
}
