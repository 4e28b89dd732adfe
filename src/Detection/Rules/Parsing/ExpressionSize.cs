using System.Globalization;

namespace Detection.Rules.Parsing;

/// <summary>Says how many steps an expression has when its repetitions are written out.</summary>
internal static class ExpressionSize
{
    /// <summary>Most steps of an expression: each character of a text may cost as many, and an event waits for all of them.</summary>
    public const long Most = 1_000;

    /// <summary>Steps of a valid expression without comments and free spacing; never far too low.</summary>
    public static long Estimate(string text)
    {
        // For each open group the steps so far, and those of its last part, which a repetition multiplies.
        var open = new Stack<(long Sum, long Last)>();
        long sum = 0, last = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(':
                    open.Push((sum + last, 0));
                    (sum, last) = (0, 0);
                    break;
                case ')':
                    var inner = sum + last;
                    (sum, last) = open.TryPop(out var outer) ? (outer.Sum, inner) : (0, inner);
                    break;
                case '{' when TryCount(text, i, out var count, out var end):
                    last = Multiply(last, count);
                    i = end;
                    break;
                default:
                    i = EndOfAtom(text, i);
                    (sum, last) = (sum + last, 1);
                    break;
            }
        }

        return open.Aggregate(sum + last, (total, group) => total + group.Sum);
    }

    private static long Multiply(long steps, long count) => steps > Most ? steps : steps * Math.Clamp(count, 1, Most + 1);

    private static int EndOfAtom(string text, int i)
    {
        if (text[i] == '\\')
        {
            return i + 1;
        }

        if (text[i] != '[')
        {
            return i;
        }

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
            }
            else if (text[i] == ']' && i > first && --depth == 0)
            {
                return i;
            }
        }

        return text.Length;
    }

    // {n} {n,} {n,m}: the greatest number is what counts.
    private static bool TryCount(string text, int open, out long count, out int end)
    {
        count = 0;
        end = text.IndexOf('}', open);
        if (end < 0)
        {
            return false;
        }

        var comma = text.IndexOf(',', open, end - open);
        var least = text.AsSpan((open + 1)..(comma < 0 ? end : comma));
        var most = comma < 0 || comma == end - 1 ? least : text.AsSpan((comma + 1)..end);
        return long.TryParse(least, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && long.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
