namespace Detection.Rules.Parsing;

/// <summary>What a YAML node is.</summary>
internal enum NodeKind
{
    /// <summary>A single value.</summary>
    Scalar,

    /// <summary>A list.</summary>
    Sequence,

    /// <summary>Keys with values.</summary>
    Mapping,
}
