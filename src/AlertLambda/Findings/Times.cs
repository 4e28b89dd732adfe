using System.Globalization;
using AlertLambda.Alerts;

namespace AlertLambda.Findings;

/// <summary>Numbers as people read them.</summary>
internal static class Times
{
    private const long MsNs = 1_000_000;

    /// <summary><c>2026-11-21 10:15:30.123 UTC</c>.</summary>
    public static string Utc(long unixMs) => Phrases.Utc(unixMs * MsNs);

    /// <summary><c>+3 min 5 s</c>.</summary>
    public static string Signed(long ms) => (ms < 0 ? "-" : "+") + Phrases.Elapsed(Math.Abs(ms) * MsNs);

    /// <summary>Digits only, in every culture.</summary>
    public static string Count(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
