using System.Buffers;
using System.Globalization;
using System.Text;

namespace Wire.Text;

/// <summary>Makes text that an attacker controls harmless for a terminal, a log line or a mail body.</summary>
public static class SafeText
{
    /// <summary>
    /// Escapes what can move the cursor, forge a line, reverse the reading order or hide: control and format characters
    /// (bidirectional overrides, zero width), line and paragraph separators, all spaces but U+0020, code points that show
    /// nothing, unassigned and private-use ones, and bytes that are not UTF-8 (<see cref="KernelString"/>).
    /// </summary>
    /// <remarks>
    /// Unambiguous: different texts have different escaped forms. Letters that merely look like others are kept. Quotes
    /// and mark-up are the duty of whoever puts the text between quotes or into mark-up.
    /// </remarks>
    /// <returns><c>\xNN</c> for a byte (ASCII control characters are bytes), <c>\u{N}</c> for a code point, <c>\\</c> for a backslash.</returns>
    public static string Escape(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' or '\\')
            {
                return EscapeSlow(text);
            }
        }

        return text;
    }

    private static string EscapeSlow(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) == OperationStatus.Done)
            {
                Append(safe, rune, rest[..used]);
            }
            else if (rest[0] is >= '\uDC80' and <= '\uDCFF')
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\x{rest[0] - 0xDC00:x2}");
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)rest[0]:x}}}");
            }

            rest = rest[used..];
        }

        return safe.ToString();
    }

    private static void Append(StringBuilder safe, Rune rune, ReadOnlySpan<char> chars)
    {
        if (rune.Value == '\\')
        {
            safe.Append("\\\\");
        }
        else if (rune.Value is < ' ' or 0x7F)
        {
            safe.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        }
        else if (IsHarmless(rune))
        {
            safe.Append(chars);
        }
        else
        {
            safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }
    }

    private static bool IsHarmless(Rune rune) => rune.Value == ' ' || (!ShowsNothing(rune.Value) && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator));

    // Letters, marks and a symbol by category, yet blank: Unicode's Default_Ignorable_Code_Point outside Cf, and blank Braille.
    private static bool ShowsNothing(int codePoint) => codePoint is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);
}
