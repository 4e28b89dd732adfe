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
            case >= '0' and <= '7':
                while (digits + 1 < text.Length && digits < i + 2 && text[digits + 1] is >= '0' and <= '7')
                {
                    digits++;
                }

                return digits;
            default:
                return i;
        }
    }

    private static int EndOfClass(string text, int open)
    {
        // The first member may be a bracket. A class may end in another one, to subtract, after a hyphen that means nothing else.
        var depth = 1;
        var first = FirstMember(text, open);
        var isRange = false;
        for (var i = first; i < text.Length; i++)
        {
            var member = text[i];
            var at = i;
            if (member == '\\')
            {
                i = EndOfEscape(text, i + 1);
                if (i < text.Length && IsNoBound(text[at + 1]))
                {
                    isRange = false;
                    continue;
                }
            }
            else if (member == ']' && i > first)
            {
                if (--depth == 0)
                {
                    return i;
                }

                continue;
            }

            var subtracted = -1;
            if (isRange)
            {
                isRange = false;
                subtracted = member == '[' ? i : -1;
            }
            else if (i + 2 < text.Length && text[i + 1] == '-' && text[i + 2] != ']')
            {
                isRange = true;
                i++;
            }
            else if (member == '-' && at > first && i + 1 < text.Length && text[i + 1] == '[')
            {
                subtracted = i + 1;
            }

            if (subtracted > 0)
            {
                depth++;
                first = FirstMember(text, subtracted);
                i = first - 1;
            }
        }

        return text.Length - 1;
    }

    private static int FirstMember(string text, int open) => open + 1 < text.Length && text[open + 1] == '^' ? open + 2 : open + 1;

    // Escapes of whole sets, and the hyphen's: .NET begins no range with them.
    private static bool IsNoBound(char escaped) => escaped is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P' or '-';
}
