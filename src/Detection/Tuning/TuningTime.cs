using System.Globalization;
using Detection.Rules.Parsing;

namespace Detection.Tuning;

/// <summary>Reads days and times, ns since 1970 UTC.</summary>
internal static class TuningTime
{
    /// <summary>What a time looks like.</summary>
    public const string Example = "a time with its zone, for example 2026-12-01T22:00Z or 2026-12-01T23:00:00+01:00";

    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>A time; or a day, which ends with its last moment in UTC.</summary>
    public static long End(RuleNode node) =>
        DateTime.TryParseExact(node.Text("expires"), Day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
            && day < DateTime.MaxValue.Date
            ? Ns(node, day.AddDays(1))
            : Moment(node, "a day, for example 2027-01-31, or " + Example);

    /// <summary>A time that says its zone.</summary>
    public static long Moment(RuleNode node, string wayOut = Example) =>
        DateTime.TryParseExact(node.Text("a time"), Forms, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && time.Kind != DateTimeKind.Unspecified
            ? Ns(node, time.ToUniversalTime())
            : throw node.Fault($"'{node.Value}' is no time", wayOut);

    // What fits into a number of ns: until 2262.
    private static long Ns(RuleNode node, DateTime utc) => utc.Year is >= 1970 and < 2262
        ? (utc - DateTime.UnixEpoch).Ticks * 100
        : throw node.Fault($"the year of '{node.Value}' is out of reach", "1970 to 2261");
}
