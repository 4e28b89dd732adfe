namespace Detection.Routing;

/// <summary>
/// One form for all texts that may be equal when case is ignored, made unit by unit. Thread-safe.
/// </summary>
/// <remarks>
/// Sound for the comparisons of rules: two UTF-16 units that are no surrogates are equal, case ignored, exactly when they fold to the same.
/// A surrogate pair is compared as a whole there, so surrogates must not be part of what is folded and looked for.
/// </remarks>
internal static class Folding
{
    /// <summary>The form of one unit.</summary>
    public static char Fold(char c) => char.IsAscii(c) ? char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c : char.ToUpperInvariant(c);

    /// <summary>The form of a text without surrogates.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new char[text.Length];
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = Fold(text[i]);
        }

        return new string(folded);
    }

    /// <summary>True when a text folds to <paramref name="folded"/>.</summary>
    public static bool Equals(ReadOnlySpan<char> text, string folded)
    {
        if (text.Length != folded.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (Fold(text[i]) != folded[i])
            {
                return false;
            }
        }

        return true;
    }
}
