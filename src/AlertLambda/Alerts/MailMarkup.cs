using System.Buffers;
using Wire.Text;

namespace AlertLambda.Alerts;

/// <summary>Plain text. A name that is more than one plain word is put in quotes, so that it cannot pose as our prose.</summary>
public sealed class MailMarkup : IMarkup
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+@%=:~^#[]");

    /// <inheritdoc/>
    public string Name(string raw, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var (text, leftOut) = TextCut.Escape(raw, maxLength, BreakLinks(raw, EscapeOne));
        var quoted = text.Length == 0 || text.AsSpan().ContainsAnyExcept(Plain);
        return (quoted ? $"\"{text}\"" : text) + TextCut.Mark(leftOut);
    }

    /// <summary>Text of ours or of a rule author: harmless, not quoted, cut visibly.</summary>
    public static string Prose(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (safe, leftOut) = TextCut.Escape(text, maxLength, SafeText.Escape);
        return safe + TextCut.Mark(leftOut);
    }

    /// <summary>A value as the rule's author wrote it: as <see cref="Prose"/>, with single backslashes, so that it can be compared with the file.</summary>
    internal static string AsWritten(string text, int maxLength)
    {
        var (safe, leftOut) = TextCut.Escape(text, maxLength, rune => rune == "\\" ? rune : SafeText.Escape(rune));
        return safe + TextCut.Mark(leftOut);
    }

    /// <summary>An escape for <see cref="TextCut.Escape"/> that also shows the colon before // by its number: no mail program makes a link of it.</summary>
    /// <param name="raw">The text that will be escaped, from its start.</param>
    /// <param name="escape">Escapes everything else.</param>
    internal static Func<string, string> BreakLinks(string raw, Func<string, string> escape)
    {
        var at = 0;
        return rune =>
        {
            var rest = raw.AsSpan(at);
            at += rune.Length;
            return rest.StartsWith("://") ? "\\x3a" : escape(rune);
        };
    }

    // The escape doubles a backslash, so \" can only be a quote.
    private static string EscapeOne(string rune) => rune == "\"" ? "\\\"" : LookAlikes.Escape(rune);
}
