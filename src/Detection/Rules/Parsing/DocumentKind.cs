namespace Detection.Rules.Parsing;

/// <summary>What a document holds.</summary>
internal enum DocumentKind
{
    /// <summary>Nothing known: it is refused.</summary>
    None,

    /// <summary><c>detection</c>.</summary>
    Rule,

    /// <summary><c>correlation</c>.</summary>
    Correlation,

    /// <summary><c>filter</c>.</summary>
    Filter,

    /// <summary><c>placeholders</c>: values for <c>expand</c>.</summary>
    Placeholders,
}
