using Detection.Matching;
using Detection.Matching.Expressions;

namespace Detection.Watching;

/// <summary>What a regular expression says of the start of a path.</summary>
internal static class ExpressionPath
{
    /// <summary>
    /// Every text that the expression is found in fits it: literals from <c>^</c> on, and a run where anything else may follow. Null when it
    /// does not say how the text begins.
    /// </summary>
    internal static StringPattern? Of(RegexTest test)
    {
        ExpressionPart whole;
        try
        {
            whole = ExpressionParser.Parse(test.Text, test.Options);
        }
        catch (NotSupportedException)
        {
            return null;
        }

        List<ExpressionPart> parts = [.. Flat(whole)];
        if (parts.FirstOrDefault() is not ExpressionPart.Place { Kind: PlaceKind.Start })
        {
            return null;
        }

        var literals = parts.Skip(1).TakeWhile(part => LiteralOf(part) is not null).Select(part => PatternToken.Literal(LiteralOf(part)!.Value)).ToList();
        var isWhole = literals.Count == parts.Count - 2 && parts[^1] is ExpressionPart.Place { Kind: PlaceKind.End or PlaceKind.EndOrLastLineFeed };
        var isCased = !parts.OfType<ExpressionPart.Character>().Any(part => part.Test.IgnoresCase);
        return StringPattern.Of(literals, isWhole ? PatternPlace.Whole : PatternPlace.Start, isCased);
    }

    private static char? LiteralOf(ExpressionPart part) => (part as ExpressionPart.Character)?.Test.Literal;

    private static IEnumerable<ExpressionPart> Flat(ExpressionPart part) =>
        part is ExpressionPart.Sequence sequence ? sequence.Parts.SelectMany(Flat) : [part];
}
