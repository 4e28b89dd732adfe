using System.Globalization;
using System.Text;
using Detection.Matching.Expressions;

namespace Detection.Rules.Parsing;

/// <summary>Says how many steps an expression has when its repetitions are written out.</summary>
internal static class ExpressionSize
{
    /// <summary>Most steps of an expression: each character of a text may cost as many, and an event waits for all of them.</summary>
    public const long Most = 500;

    /// <summary>Steps of a valid expression without comments and free spacing; never far too low.</summary>
    public static long Estimate(string text)
    {
        // For each open group the steps before it.
        var open = new Stack<long>();
        long sum = 0, last = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(':
                    open.Push(sum + last);
                    (sum, last) = (0, 0);
                    break;
                case ')':
                    var inner = sum + last;
                    (sum, last) = open.TryPop(out var outer) ? (outer, inner) : (0, inner);
                    break;
                case '{' when ExpressionSyntax.TryCount(text, i, out var least, out var most, out var end):
                    last = Multiply(last, Math.Max(Number(least), Number(most)));
                    i = end;
                    break;
                default:
                    i = ExpressionSyntax.EndOfAtom(text, i);
                    (sum, last) = (sum + last, 1);
                    break;
            }
        }

        sum += last;
        while (open.TryPop(out var before))
        {
            sum += before;
        }

        return sum;
    }

    /// <summary>Steps that its counted repetitions add when they are written out, and its optional parts.</summary>
    public static long Repeated(string text)
    {
        long optional = 0;
        var atoms = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && ExpressionSyntax.TryCount(text, i, out _, out _, out var end))
            {
                i = end;
                continue;
            }

            optional += text[i] == '?' && i > 0 && text[i - 1] is not ('(' or '*' or '+' or '?' or '}') ? 1 : 0;
            var last = ExpressionSyntax.EndOfAtom(text, i);
            atoms.Append(text, i, last - i + 1);
            i = last;
        }

        return Estimate(text) - Estimate(atoms.ToString()) + optional;
    }

    /// <summary>
    /// How much an automaton of the expression may grow beyond it: so many parts may each double it. Repetitions, alternatives in a group, and
    /// what stands for more than one character; of the last, those that may come again count half, for most texts end them.
    /// </summary>
    public static long Growth(string text)
    {
        long one = Repeated(text), again = 0;
        var hasBar = new Stack<bool>([false]);
        for (var i = 0; i < text.Length; i++)
        {
            var last = ExpressionSyntax.EndOfAtom(text, i);
            if (IsLoose(text, i))
            {
                var comesAgain = last + 1 < text.Length && text[last + 1] is '*' or '+';
                (one, again) = comesAgain ? (one, again + 1) : (one + 1, again);
            }
            else if (text[i] == '(')
            {
                hasBar.Push(false);
            }
            else if (text[i] is '|' or ')' && hasBar.TryPop(out var had))
            {
                one += text[i] == ')' && had ? 1 : 0;
                if (text[i] == '|')
                {
                    hasBar.Push(true);
                }
            }

            i = last;
        }

        return one + ((again + 1) / 2);
    }

    private static bool IsLoose(string text, int i) =>
        text[i] is '.' or '[' || (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P');

    private static long Number(string digits) =>
        digits.Length == 0 ? 0 : digits.Length > 6 ? Most + 1 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static long Multiply(long steps, long count) => steps > Most ? steps : steps * Math.Clamp(count, 1, Most + 1);
}
