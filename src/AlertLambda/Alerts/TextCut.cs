using System.Globalization;
using System.Text;

namespace AlertLambda.Alerts;

/// <summary>Escapes and shortens text without ever cutting through a code point or an escape.</summary>
public static class TextCut
{
    /// <summary>Escapes <paramref name="raw"/> code point by code point until <paramref name="maxLength"/> characters are full.</summary>
    /// <param name="raw">Text; may hold lone surrogates.</param>
    /// <param name="maxLength">Greatest length of <c>Text</c>.</param>
    /// <param name="escape">Escapes one code point (one or two UTF-16 units); its result is never split.</param>
    /// <returns>The escaped text, and the number of UTF-16 units of <paramref name="raw"/> that were left out (0 = complete).</returns>
    public static (string Text, int LeftOut) Escape(string raw, int maxLength, Func<string, string> escape)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(escape);
        var text = new StringBuilder(Math.Min(raw.Length, maxLength));
        var at = 0;
        while (at < raw.Length)
        {
            Rune.DecodeFromUtf16(raw.AsSpan(at), out _, out var used);
            var piece = escape(raw.Substring(at, used));
            if (text.Length + piece.Length > maxLength)
            {
                break;
            }

            text.Append(piece);
            at += used;
        }

        return (text.ToString(), raw.Length - at);
    }

    /// <summary>What stands where text was left out.</summary>
    public static string Mark(int leftOut) =>
        leftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"...(+{leftOut} characters)");

    /// <summary>The longest beginning of <paramref name="text"/> of whole lines that has at most <paramref name="maxBytes"/> bytes in
    /// UTF-8, with <paramref name="mark"/> added when something is missing. <paramref name="mark"/> counts too.</summary>
    public static string Lines(string text, int maxBytes, string mark)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mark);
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        var room = maxBytes - Encoding.UTF8.GetByteCount(mark);
        var kept = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            room -= Encoding.UTF8.GetByteCount(line) + 1;
            if (room < 0)
            {
                break;
            }

            kept.Append(line).Append('\n');
        }

        return kept.Append(mark).ToString();
    }
}
