using System.Globalization;

namespace Detection.Taxonomy;

/// <summary>Times of log events, in ns since 1970-01-01 UTC.</summary>
internal static class EventTime
{
    private const int NsDigits = 9;
    private const long NsPerSecond = 1_000_000_000;

    // yyyy-mm-ddThh:mm:ss
    private const int WholeLength = 19;

    /// <summary>Reads a time of RFC 3339, with no more than nine digits of a second's fraction and any offset.</summary>
    /// <returns>False when it is none, or is before 1677 or after 2262.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long timeNs)
    {
        timeNs = 0;
        if (text.Length <= WholeLength || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text[13] != ':' || text[16] != ':'
            || !TryDate(text[..4], text[5..7], text[8..10], out var date)
            || !TryNumber(text[11..13], 23, out var hour) || !TryNumber(text[14..16], 59, out var minute)
            || !TryNumber(text[17..19], 60, out var second) || !TryFraction(text[WholeLength..], out var ns, out var offset)
            || !TryOffset(offset, out var offsetMinutes))
        {
            return false;
        }

        var days = (date - DateTime.UnixEpoch).Days;
        return TryNs((((((days * 24L) + hour) * 60) + minute - offsetMinutes) * 60) + second, ns, out timeNs);
    }

    /// <summary>Reads seconds since 1970; what is finer than a nanosecond is cut.</summary>
    /// <returns>False before 1677 and after 2262.</returns>
    public static bool TryFromSeconds(decimal seconds, out long timeNs)
    {
        var whole = decimal.Floor(seconds);
        timeNs = 0;
        return whole is >= int.MinValue * 16m and <= int.MaxValue * 16m
            && TryNs((long)whole, (long)decimal.Floor((seconds - whole) * NsPerSecond), out timeNs);
    }

    private static bool TryNs(long seconds, long ns, out long timeNs)
    {
        var exact = ((Int128)seconds * NsPerSecond) + ns;
        var fits = exact >= long.MinValue && exact <= long.MaxValue;
        timeNs = fits ? (long)exact : 0;
        return fits;
    }

    private static bool TryDate(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day, out DateTime date)
    {
        date = default;
        if (!TryNumber(year, 9999, out var y) || !TryNumber(month, 12, out var m) || !TryNumber(day, 31, out var d)
            || y == 0 || m == 0 || d == 0 || d > DateTime.DaysInMonth(y, m))
        {
            return false;
        }

        date = new DateTime(y, m, d, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<char> text, out long ns, out ReadOnlySpan<char> rest)
    {
        ns = 0;
        rest = text;
        if (text[0] != '.')
        {
            return true;
        }

        var end = text[1..].IndexOfAnyExceptInRange('0', '9') + 1;
        rest = text[Math.Max(end, 0)..];
        if (end is < 2 or > NsDigits + 1)
        {
            return false;
        }

        for (var i = 1; i <= NsDigits; i++)
        {
            ns = (ns * 10) + (i < end ? text[i] - '0' : 0);
        }

        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !TryNumber(text[1..3], 23, out var hours) || !TryNumber(text[4..6], 59, out minutes))
        {
            return false;
        }

        minutes = ((hours * 60) + minutes) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, int max, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
