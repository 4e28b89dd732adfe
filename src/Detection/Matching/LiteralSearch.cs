using System.Text;

namespace Detection.Matching;

/// <summary>
/// Looks for a literal in linear time, whatever text and literal are. Thread-safe; a search allocates nothing once the literal was looked
/// for in a long text.
/// </summary>
/// <remarks>
/// .NET's search compares the literal at each place where its ends fit: faster where they hardly do, and length times length in a text
/// that was made for it. So it serves texts that are short enough for that.
/// </remarks>
internal sealed class LiteralSearch(string literal, StringComparison comparison)
{
    /// <summary>Most steps, as the bound of each character, of a text that is at least <see cref="ShortText"/> long.</summary>
    public const int StepsPerCharacter = 2;

    /// <summary>A shorter text costs at most what one of so many characters may.</summary>
    public const int ShortText = 8_192;

    private string? _folded;
    private int[]? _borders;

    /// <summary>False for half a surrogate pair: .NET alone knows what is equal to it.</summary>
    public bool IsLinear { get; } = IsWellFormed(literal);

    /// <summary>The first place of the literal; -1 when it is nowhere.</summary>
    public int Find(ReadOnlySpan<char> text) => Find(text, out _);

    /// <summary>The first place of the literal; -1 when it is nowhere.</summary>
    /// <param name="text">The text.</param>
    /// <param name="steps">At most so many characters were compared.</param>
    public int Find(ReadOnlySpan<char> text, out long steps)
    {
        if (!IsLinear || (long)text.Length * literal.Length <= StepsPerCharacter * ShortText)
        {
            var at = text.IndexOf(literal, comparison);
            steps = (at < 0 ? text.Length : at + 1L) * literal.Length;
            return at;
        }

        var folded = _folded ??= Fold(literal, comparison);
        return Find(text, folded, _borders ??= Borders(folded), comparison, out steps);
    }

    /// <summary>True when one text is somewhere in another, in linear time; for texts that are both the event's own. Allocates when they are long.</summary>
    public static bool Contains(ReadOnlySpan<char> text, ReadOnlySpan<char> sought, StringComparison comparison)
    {
        if ((long)text.Length * sought.Length <= StepsPerCharacter * ShortText || sought.Length > text.Length || !IsWellFormed(sought))
        {
            return text.Contains(sought, comparison);
        }

        var folded = Fold(sought, comparison);
        return Find(text, folded, Borders(folded), comparison, out _) >= 0;
    }

    // After Knuth, Morris and Pratt: no character of the text is looked at again.
    private static int Find(ReadOnlySpan<char> text, string folded, int[] borders, StringComparison comparison, out long steps)
    {
        steps = 0;
        var matched = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = At(text, i, comparison);
            steps++;
            while (matched > 0 && c != folded[matched])
            {
                matched = borders[matched - 1];
                steps++;
            }

            if (c == folded[matched] && ++matched == folded.Length)
            {
                return i + 1 - matched;
            }
        }

        return -1;
    }

    // For each beginning of the literal, the length of the longest shorter one that it ends with.
    private static int[] Borders(string folded)
    {
        var borders = new int[folded.Length];
        for (int i = 1, matched = 0; i < folded.Length; i++)
        {
            while (matched > 0 && folded[i] != folded[matched])
            {
                matched = borders[matched - 1];
            }

            borders[i] = folded[i] == folded[matched] ? ++matched : matched;
        }

        return borders;
    }

    private static string Fold(ReadOnlySpan<char> text, StringComparison comparison)
    {
        var folded = new char[text.Length];
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = At(text, i, comparison);
        }

        return new string(folded);
    }

    // A unit in the form that all units have which are equal to it.
    private static char At(ReadOnlySpan<char> text, int i, StringComparison comparison)
    {
        var c = text[i];
        if (comparison == StringComparison.Ordinal)
        {
            return c;
        }

        return char.IsAscii(c) ? (char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c) : char.IsSurrogate(c) ? OfPair(text, i) : char.ToUpperInvariant(c);
    }

    private static char OfPair(ReadOnlySpan<char> text, int i)
    {
        var high = char.IsHighSurrogate(text[i]) ? i : i - 1;
        if (high < 0 || high + 1 >= text.Length || !Rune.TryCreate(text[high], text[high + 1], out var rune))
        {
            return text[i];
        }

        Span<char> units = stackalloc char[2];
        Rune.ToUpperInvariant(rune).EncodeToUtf16(units);
        return units[i - high];
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
