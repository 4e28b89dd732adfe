namespace Detection.Rules.Parsing;

/// <summary>How the values of an item are meant.</summary>
internal enum ItemKind
{
    /// <summary>Equal; texts may have wildcards.</summary>
    Value,

    /// <summary><c>re</c>.</summary>
    Expression,

    /// <summary><c>cidr</c>.</summary>
    Network,

    /// <summary><c>lt lte gt gte</c>.</summary>
    Comparison,

    /// <summary><c>minute hour day week month year</c>, perhaps with a comparison.</summary>
    TimePart,

    /// <summary><c>exists</c>.</summary>
    Presence,

    /// <summary><c>fieldref</c>.</summary>
    OtherField,
}
