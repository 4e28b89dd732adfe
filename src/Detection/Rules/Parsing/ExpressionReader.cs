using System.Globalization;
using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Matching.Expressions;

namespace Detection.Rules.Parsing;

/// <summary>Reads regular expressions: they must be valid and run in linear time, and their automaton must stay small.</summary>
internal static class ExpressionReader
{
    private const int MaxLength = 8_192;

    // What may need more nodes than an automaton keeps may cost its steps, and an eighth more for what a text adds to the automaton.
    private const long MostNodes = ExpressionAutomaton.MostNodes;
    private const int MostGrowth = 10;

    // A node is made in the time of half a step for each character of the longest text; to go on by one that there is costs little.
    private const long StepsOfAutomaton = 4;

    // .NET refuses automata of more than 10,000 nodes, but only when it builds them; it counts at most five for a character.
    private const long AlwaysRuns = 1_900;

    private const string WayOut = "no look-around, back-reference, conditional or atomic group; split it into several items";

    /// <summary>The expression of a value.</summary>
    public static LinearRegex Read(RuleNode node, Modifiers modifiers, ReadContext context)
    {
        if (node.Value.Length == 0 || ScalarReader.IsNull(node))
        {
            throw node.Fault("an empty regular expression matches everything", "the modifier exists, or an expression");
        }

        // contains, startswith and endswith only add .* by the specification: to a search anywhere that makes no difference.
        var options = modifiers.RegexOptions;
        var key = string.Create(CultureInfo.InvariantCulture, $"{(int)options}:{node.Value}");
        if (!context.Expressions.TryGetValue(key, out var expression))
        {
            Check(node, node.Value, options);
            expression = Build(node, node.Value, options);
            context.Expressions.Add(key, expression);
        }

        return expression;
    }

    private static void Check(RuleNode node, string text, RegexOptions options)
    {
        if (text.Length > MaxLength)
        {
            throw node.Fault($"the regular expression is longer than {MaxLength} characters", "several items");
        }

        try
        {
            // Far cheaper than to build the automaton, which is needed only where the text may hold what that cannot run. The syntax is
            // the same in both directions, and from right to left .NET does not think about how to search fast.
            _ = new Regex(text, options | RegexOptions.RightToLeft | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            throw node.Fault("not a regular expression: " + e.Message, "the syntax is that of .NET");
        }

        CheckSize(node, text);
    }

    private static LinearRegex Build(RuleNode node, string text, RegexOptions options)
    {
        try
        {
            var growth = (int)Math.Min(ExpressionSize.Growth(text), MostGrowth + 1);
            var hasMany = growth > MostGrowth || ExpressionSize.Estimate(text) << growth > MostNodes;
            if (MayNotBeLinear(text) || (!hasMany && MostSteps(text) > AlwaysRuns))
            {
                _ = new Regex(text, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }

            return new LinearRegex(text, options, hasMany)
            {
                StepsPerCharacter = hasMany ? ExpressionParser.Check(text, options) * 9 / 8 : StepsOfAutomaton + (1L << growth >> 1),
            };
        }
        catch (Exception e) when (e is NotSupportedException or RegexParseException)
        {
            throw node.Fault("the regular expression cannot be run in linear time: " + e.Message.Replace(@"\ number", "a backslash and a number", StringComparison.Ordinal), WayOut);
        }
    }

    // However it is read, it stands for no more: a count behind a parenthesis may be for all the rest, any other is for one character.
    private static long MostSteps(string text)
    {
        long steps = text.Length, times = 1;
        for (var i = text.IndexOf('{', 1); i >= 0 && steps * times <= AlwaysRuns; i = text.IndexOf('{', i + 1))
        {
            if (ExpressionSyntax.TryCount(text, i, out var least, out var most, out _))
            {
                var count = Math.Max(1, Math.Max(Number(least), Number(most)));
                (steps, times) = text[i - 1] == ')' ? (steps, times * count) : (steps + count, times);
            }
        }

        return steps * times;
    }

    private static long Number(string digits) =>
        digits.Length == 0 ? 0 : digits.Length > 6 ? AlwaysRuns + 1 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void CheckSize(RuleNode node, string text)
    {
        if (HidesRepetitions(text))
        {
            throw node.Fault("comments and free spacing in regular expressions are not supported", "the expression without them");
        }

        if (ExpressionSize.Estimate(text) > ExpressionSize.Most)
        {
            throw node.Fault(
                $"the repetitions of the regular expression stand for more than {ExpressionSize.Most} steps", "smaller numbers, or * and +");
        }
    }

    // Look-around, references and what is near to them. (?'b-a' is a balancing group, \<1> and \'1' are old forms of a back-reference.
    private static bool MayNotBeLinear(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if ((text[i] == '\\' && text[i + 1] is (>= '1' and <= '9') or 'k' or 'G' or '<' or '\'')
                || (IsGroupHead(text, i) && text[i + 2] is '=' or '!' or '<' or '>' or '(' or '\'' or '@'))
            {
                return true;
            }
        }

        return false;
    }

    // (?# is a comment, (?x and such as (?i-x switch free spacing.
    private static bool HidesRepetitions(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsGroupHead(text, i))
            {
                continue;
            }

            var end = i + 2;
            while (end < text.Length && text[end] is 'i' or 'I' or 'm' or 'M' or 'n' or 'N' or 's' or 'S' or '+' or '-')
            {
                end++;
            }

            if (text[i + 2] == '#' || (end < text.Length && text[end] is 'x' or 'X'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGroupHead(string text, int i) => i + 2 < text.Length && text[i] == '(' && text[i + 1] == '?';
}
