using System.Globalization;
using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>
/// The modifiers <c>minute hour day week month year</c>: a part of a time, which is an RFC 3339 text or the number of seconds since
/// 1970 in UTC. Anything else is no time and fulfils nothing.
/// </summary>
internal sealed class TimePartTest(TimePart part, Comparison comparison, decimal bound) : ValueTest
{
    /// <summary>What is compared.</summary>
    public TimePart Part => part;

    /// <summary>How.</summary>
    public Comparison Comparison => comparison;

    /// <summary>With what.</summary>
    public decimal Bound => bound;

    /// <summary>False when no time fulfils such a test: there is no 24th hour, and no month before the first.</summary>
    public static bool CanHold(TimePart part, Comparison comparison, decimal bound)
    {
        var (least, most) = part switch
        {
            TimePart.Minute => (0, 59),
            TimePart.Hour => (0, 23),
            TimePart.Day => (1, 31),
            TimePart.Week => (1, 53),
            TimePart.Month => (1, 12),
            _ => (1, 9999),
        };
        return comparison == Comparison.Equal
            ? bound >= least && bound <= most
            : ComparisonTest.Holds(comparison, least, bound) || ComparisonTest.Holds(comparison, most, bound);
    }

    public override bool Holds(in FieldValue value) =>
        TryGetTime(value, out var time) && ComparisonTest.Holds(comparison, PartOf(time), bound);

    private int PartOf(DateTime time) => part switch
    {
        TimePart.Minute => time.Minute,
        TimePart.Hour => time.Hour,
        TimePart.Day => time.Day,
        TimePart.Week => ISOWeek.GetWeekOfYear(time),
        TimePart.Month => time.Month,
        _ => time.Year,
    };

    private static bool TryGetTime(in FieldValue value, out DateTime time)
    {
        time = default;
        switch (value.Kind)
        {
            case FieldKind.Text:
                return value.TryGetText([], out var text) && TryParse(text, out time);
            case FieldKind.Number:
                var seconds = decimal.Floor(value.Number);
                var isTime = seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
                time = isTime ? DateTime.UnixEpoch.AddSeconds((double)seconds) : default;
                return isTime;
            default:
                return false;
        }
    }

    // 2026-01-31T23:59:60.5+01:00 – the wall clock as written; what follows the seconds does not change it.
    private static bool TryParse(ReadOnlySpan<char> text, out DateTime time)
    {
        time = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text[13] != ':' || text[16] != ':'
            || (text.Length > 19 && text[19] is not ('.' or 'Z' or 'z' or '+' or '-'))
            || !TryNumber(text[..4], 1, 9999, out var year) || !TryNumber(text[5..7], 1, 12, out var month)
            || !TryNumber(text[8..10], 1, DateTime.DaysInMonth(year, month), out var day)
            || !TryNumber(text[11..13], 0, 23, out var hour) || !TryNumber(text[14..16], 0, 59, out var minute)
            || !TryNumber(text[17..19], 0, 60, out _))
        {
            return false;
        }

        time = new DateTime(year, month, day, hour, minute, 0);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, int least, int most, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
