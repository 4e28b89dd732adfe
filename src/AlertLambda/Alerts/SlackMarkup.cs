using Wire.Text;

namespace AlertLambda.Alerts;

/// <summary>
/// Slack's markup. Names stand in code spans, in which Slack formats, links and notifies nothing; what could end the span or open an
/// entity, mention or link form is escaped.
/// </summary>
public sealed class SlackMarkup : IMarkup
{
    /// <inheritdoc/>
    public string Name(string raw, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var (text, leftOut) = TextCut.Escape(raw, maxLength, EscapeInCode);
        return (text.Length == 0 ? "(none)" : $"`{text}`") + TextCut.Mark(leftOut);
    }

    /// <summary>A name outside a code span (titles, keywords): also what formats, mentions or links is escaped.</summary>
    public static string Bare(string raw, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var (text, leftOut) = TextCut.Escape(raw, maxLength, EscapeBare);
        return text + TextCut.Mark(leftOut);
    }

    /// <summary>Text of a rule author: may use Slack's formatting, may not notify a channel.</summary>
    public static string Prose(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (safe, leftOut) = TextCut.Escape(text, maxLength, rune => EscapeEntities(rune, SafeText.Escape));
        return safe + TextCut.Mark(leftOut);
    }

    private static string EscapeInCode(string rune) => rune == "`" ? "\\x60" : EscapeEntities(rune, LookAlikes.Escape);

    private static string EscapeBare(string rune) => rune switch
    {
        "`" or "*" or "_" or "~" or "@" or "#" or "|" => $"\\x{(int)rune[0]:x2}",
        // Breaks "://" and with it the automatic link.
        "/" => "\\x2f",
        _ => EscapeEntities(rune, LookAlikes.Escape),
    };

    private static string EscapeEntities(string rune, Func<string, string> escape) => rune switch
    {
        "&" => "&amp;",
        "<" => "&lt;",
        ">" => "&gt;",
        _ => escape(rune),
    };
}
