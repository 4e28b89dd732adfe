using System.Globalization;
using System.Text;
using Wire.Text;

namespace AlertLambda.Alerts;

/// <summary>
/// Escapes names for people: what <see cref="SafeText"/> escapes, and code points that pass for ASCII ones (Cyrillic a, fullwidth
/// letters, division slash), lie over their neighbours (combining marks) or make them change places (letters written from right to left).
/// Other letters of any script stay.
/// </summary>
/// <remarks>A fixed table of what is drawn like ASCII in common fonts, after Unicode's confusables; it cannot be complete.</remarks>
internal static class LookAlikes
{
    private static readonly HashSet<int> Single =
    [
        // Cyrillic.
        .. "авеіјкмнорѕтсухһԁԛԝьѵгпАВЕЅІЈКМНОРСТУХҮЬԌԚԜѴӀӏ".Select(c => (int)c),

        // Greek.
        .. "ανορτυιγκχωϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ".Select(c => (int)c),

        // Armenian, Cherokee, Georgian and others.
        .. "օսոցհքզևԱՍՕԼᎪᎬᎫᎳᎷᎻᏀᏃᏒᏔᏟᏢᏞᏙᏕᏗᎠᎡᎢᏂᏎᏚᏦᏴ".Select(c => (int)c),

        // Latin letters and marks that are drawn like others.
        .. "ıȷɑɡɩɪʀʏᴄᴏᴠᴡᴢꜱƽǀǃƖɾꞁꓲ".Select(c => (int)c),

        // Punctuation.
        .. "‐‑‒–—―−⁃﹘⁄∕⧸╱⟋․‧·•∙⋅。ꓸ٠٫٬‚‘’‛′ʹʻʼʽ՚“”„‟″〃ˋ`´΄∶ː꞉：︓⁎∗٭＊﹡⋆﹨∖⧵⧹＼‹›˂˃❮❯˜∼⁓ˆ˄‖∣ǀ¦︱␣".Where(c => c > '~').Select(c => (int)c),
    ];

    /// <summary>One code point, escaped where it must be. As unambiguous as <see cref="SafeText.Escape"/>.</summary>
    /// <param name="rune">One or two UTF-16 units.</param>
    internal static string Escape(string rune) =>
        Rune.DecodeFromUtf16(rune, out var point, out _) == System.Buffers.OperationStatus.Done && Misleads(point.Value)
            ? string.Create(CultureInfo.InvariantCulture, $"\\u{{{point.Value:x}}}")
            : SafeText.Escape(rune);

    private static bool Misleads(int point) => point > '~' && (Single.Contains(point) || IsMark(point) || IsForm(point) || IsRightToLeft(point));

    private static bool IsMark(int point) => point is
        (>= 0x300 and <= 0x36F) or (>= 0x483 and <= 0x489) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
        or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F);

    // One of them is enough for a display to reorder the digits and brackets that stand beside the name.
    private static bool IsRightToLeft(int point) => point is
        (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    // Roman numerals, enclosed and letter-like symbols, mathematical and fullwidth letters and digits, Lisu.
    private static bool IsForm(int point) => point is
        (>= 0x2100 and <= 0x214F) or (>= 0x2160 and <= 0x2188) or (>= 0x2460 and <= 0x24FF) or (>= 0xA4D0 and <= 0xA4FF)
        or (>= 0xFB00 and <= 0xFB06) or (>= 0xFF01 and <= 0xFF5E) or (>= 0x1D400 and <= 0x1D7FF) or (>= 0x1F100 and <= 0x1F1FF)
        or (>= 0x10280 and <= 0x1032F) or (>= 0x1CCF0 and <= 0x1CCF9) or (>= 0x1FBF0 and <= 0x1FBF9);
}
