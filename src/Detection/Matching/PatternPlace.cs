namespace Detection.Matching;

/// <summary>Where in an event's text a rule's text must be.</summary>
internal enum PatternPlace
{
    /// <summary>It is the whole text.</summary>
    Whole,

    /// <summary><c>contains</c>.</summary>
    Anywhere,

    /// <summary><c>startswith</c>.</summary>
    Start,

    /// <summary><c>endswith</c>.</summary>
    End,
}
