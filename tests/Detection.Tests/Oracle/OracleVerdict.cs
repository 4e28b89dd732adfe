namespace Detection.Tests.Oracle;

/// <summary>How sure an incident is.</summary>
internal enum OracleVerdict
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>Certain.</summary>
    Certain,
}
