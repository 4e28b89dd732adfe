namespace Detection.Tests.Oracle;

/// <summary>Whether an incident is certain, or a statement that the semantics leave open.</summary>
internal enum OracleVerdict
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>The semantics do not say.</summary>
    Open,

    /// <summary>Certain.</summary>
    Certain,
}
