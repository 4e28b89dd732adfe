namespace Detection.Matching.Expressions;

/// <summary>Says how many steps the program of an expression has, without making it.</summary>
/// <remarks>A rule's text is measured before (<c>ExpressionSize</c>); optional parts one in the other make more steps than it shows.</remarks>
internal static class ProgramSize
{
    /// <summary>Most steps: room for a way around each of the characters that an expression may stand for.</summary>
    public const long Most = 1_024;

    // More is not told apart, so that no product overflows.
    private const long Enough = 1_000_000;

    /// <summary>Steps of an expression, the last one included; no more than a million is told.</summary>
    public static long Of(ExpressionPart expression) => Math.Min(Enough, PartOf(expression) + 1);

    private static long PartOf(ExpressionPart part) => Math.Min(Enough, part switch
    {
        ExpressionPart.Sequence sequence => Sum(sequence.Parts),
        ExpressionPart.Choice choice => Sum(choice.Parts) + (2 * (choice.Parts.Count - 1)),
        ExpressionPart.Repeated repeated => OfRepeated(repeated, PartOf(repeated.Part)),
        _ => 1,
    });

    private static long Sum(IReadOnlyList<ExpressionPart> parts)
    {
        long sum = 0;
        foreach (var part in parts)
        {
            sum += PartOf(part);
        }

        return sum;
    }

    private static long OfRepeated(ExpressionPart.Repeated repeated, long inner) => repeated switch
    {
        // Nothing, however often.
        _ when inner == 0 => repeated.Least > 0 ? 0 : repeated.Most is null ? 2 : repeated.Most > 0 ? 1 : 0,
        { Most: null, Least: 0 } => inner + 2,
        { Most: null } => (repeated.Least * inner) + 1,
        { Most: { } most } => (repeated.Least * inner) + (Math.Max(0, most - repeated.Least) * (inner + 1)),
    };
}
