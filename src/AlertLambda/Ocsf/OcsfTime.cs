namespace AlertLambda.Ocsf;

/// <summary>OCSF's times are ms since 1970 UTC.</summary>
internal static class OcsfTime
{
    /// <summary>Cut, not rounded, to ms.</summary>
    /// <param name="unixNs">ns since 1970 UTC.</param>
    internal static long Ms(long unixNs) => unixNs / 1_000_000;
}
