using System.Globalization;
using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Matching.Expressions;

namespace Detection.Rules.Parsing;

/// <summary>Reads regular expressions: they must be valid and run in linear time, and their automaton must stay small.</summary>
internal static partial class ExpressionReader
{
    private const int MaxLength = 8_192;

    // Of the shapes that .NET's automaton grows with, so many steps cost tens of milliseconds at most.
    private const long MostRepeated = 12;

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
            var expression = new LinearRegex(text, options, ExpressionSize.Repeated(text) > MostRepeated);
            if (MayNotBeLinear().IsMatch(text) || (!expression.HasManyRepetitions && MostSteps(text) > AlwaysRuns))
            {
                _ = new Regex(text, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }

            if (expression.HasManyRepetitions)
            {
                Array.ForEach(new ExpressionProgram(ExpressionParser.Parse(text, options)).Tests, test => test.Prepare());
            }

            return expression;
        }
        catch (Exception e) when (e is NotSupportedException or RegexParseException)
        {
            throw node.Fault("the regular expression cannot be run in linear time: " + e.Message, WayOut);
        }
    }

    // However it is read, it stands for no more: for each of its characters as often as all its counts say together.
    private static long MostSteps(string text)
    {
        long steps = text.Length;
        for (var i = text.IndexOf('{', StringComparison.Ordinal); i >= 0 && steps <= AlwaysRuns; i = text.IndexOf('{', i + 1))
        {
            if (ExpressionSyntax.TryCount(text, i, out var least, out var most, out _))
            {
                steps *= Math.Max(1, Math.Max(Number(least), Number(most)));
            }
        }

        return steps;
    }

    private static long Number(string digits) =>
        digits.Length == 0 ? 0 : digits.Length > 6 ? AlwaysRuns + 1 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void CheckSize(RuleNode node, string text)
    {
        if (HidesRepetitions().IsMatch(text))
        {
            throw node.Fault("comments and free spacing in regular expressions are not supported", "the expression without them");
        }

        if (ExpressionSize.Estimate(text) > ExpressionSize.Most)
        {
            throw node.Fault(
                $"the repetitions of the regular expression stand for more than {ExpressionSize.Most} steps", "smaller numbers, or * and +");
        }
    }

    // (?'b-a' is a balancing group, \<1> and \'1' are old forms of a back-reference.
    [GeneratedRegex(@"\(\?[=!<>('@]|\\[1-9kG<']", RegexOptions.CultureInvariant)]
    private static partial Regex MayNotBeLinear();

    [GeneratedRegex(@"\(\?(#|[imnsx+-]*x)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HidesRepetitions();
}
