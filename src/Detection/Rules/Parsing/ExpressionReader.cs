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
            var mayNotBeLinear = MayNotBeLinear().IsMatch(text);
            if (mayNotBeLinear)
            {
                _ = new Regex(text, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }

            var expression = new LinearRegex(text, options, ExpressionSize.Repeated(text) > MostRepeated);
            if (expression.HasManyRepetitions)
            {
                ExpressionParser.Parse(text, options);
            }

            return expression;
        }
        catch (NotSupportedException e)
        {
            throw node.Fault("the regular expression cannot be run in linear time: " + e.Message, WayOut);
        }
    }

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
