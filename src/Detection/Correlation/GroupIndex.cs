namespace Detection.Correlation;

/// <summary>How hits of one scope are indexed.</summary>
internal enum GroupIndex : byte
{
    /// <summary>All hits of equal values.</summary>
    Equal,

    /// <summary>Hits that end a chain, in one list.</summary>
    Final,

    /// <summary>Hits by process.</summary>
    Process,

    /// <summary>Hits by session; the session is part of the scope.</summary>
    Session,
}
