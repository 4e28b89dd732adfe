using System.Globalization;
using System.Text;

namespace Wire.Text;

/// <summary>Makes text that an attacker controls harmless for a terminal, a log line or a mail body.</summary>
public static class SafeText
{
    /// <summary>
    /// Escapes what can move the cursor, forge a line or reverse the reading order: control and format characters (bidirectional
    /// overrides, zero width), line and paragraph separators, unassigned and private-use code points, bytes that are not UTF-8.
    /// </summary>
    /// <returns><c>\xNN</c> for a byte or a control character, <c>\u{N}</c> for others; a backslash is doubled, so the form is unambiguous.</returns>
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
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var used);
            if (status != System.Buffers.OperationStatus.Done)
            {
                var c = rest[0];
                safe.Append(c is >= '\uDC80' and <= '\uDCFF' ? $"\\x{c - 0xDC00:x2}" : $"\\u{{{(int)c:x}}}");
            }
            else if (rune.Value == '\\')
            {
                safe.Append("\\\\");
            }
            else if (rune.Value < 0x20 || rune.Value is >= 0x7F and < 0xA0)
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
            }
            else if (IsHarmless(rune))
            {
                safe.Append(rune.ToString());
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }

            rest = rest[used..];
        }

        return safe.ToString();
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
