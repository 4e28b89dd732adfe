namespace Detection.Matching.Expressions;

/// <summary>Where the smallest pieces of a valid expression end.</summary>
internal static class ExpressionSyntax
{
    /// <summary>Index of the last character of what stands for one character, or is a parenthesis or operator, at <paramref name="i"/>.</summary>
    public static int EndOfAtom(string text, int i) => text[i] switch
    {
        '\\' => Math.Min(text.Length - 1, EndOfEscape(text, i + 1)),
        '[' => EndOfClass(text, i),
        _ => i,
    };

    /// <summary>Reads <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; anything else in braces is text.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="open">Where the brace opens.</param>
    /// <param name="least">The digits of n.</param>
    /// <param name="most">Those of m, or again of n where it stands alone; empty without an upper bound.</param>
    /// <param name="end">Where the brace closes.</param>
    public static bool TryCount(string text, int open, out string least, out string most, out int end)
    {
        end = text.IndexOf('}', open);
        (least, most) = ("", "");
        if (end < 0)
        {
            return false;
        }

        var parts = text[(open + 1)..end].Split(',');
        (least, most) = (parts[0], parts[^1]);
        return parts.Length <= 2 && least.Length > 0 && least.All(char.IsAsciiDigit) && most.All(char.IsAsciiDigit);
    }

    private static int EndOfEscape(string text, int i)
    {
        if (i >= text.Length)
        {
            return i;
        }

        var digits = i;
        switch (text[i])
        {
            case 'p' or 'P':
                return text.IndexOf('}', i);
            case 'x':
                return i + 2;
            case 'u':
                return i + 4;
            case 'c':
                return i + 1;
            case '0':
                while (digits + 1 < text.Length && digits < i + 2 && text[digits + 1] is >= '0' and <= '7')
                {
                    digits++;
                }

                return digits;
            default:
                return i;
        }
    }

    private static int EndOfClass(string text, int i)
    {
        // The first bracket of a class may be one of its characters; a class may hold another one, to subtract.
        var depth = 1;
        i += i + 1 < text.Length && text[i + 1] == '^' ? 2 : 1;
        for (var first = i; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '[' && text[i - 1] == '-' && i > first)
            {
                depth++;
                first = i + (i + 1 < text.Length && text[i + 1] == '^' ? 2 : 1);
            }
            else if (text[i] == ']' && i > first && --depth == 0)
            {
                return i;
            }
        }

        return text.Length - 1;
    }
}
