namespace Detection.Matching.Expressions;

/// <summary>A part of a regular expression, as far as it matters whether it is found, not what it captures. Immutable.</summary>
internal abstract record ExpressionPart
{
    private ExpressionPart()
    {
    }

    /// <summary>One character.</summary>
    internal sealed record Character(CharacterTest Test) : ExpressionPart;

    /// <summary>A place between characters.</summary>
    internal sealed record Place(PlaceKind Kind) : ExpressionPart;

    /// <summary>Parts after each other; none = the empty text.</summary>
    internal sealed record Sequence(IReadOnlyList<ExpressionPart> Parts) : ExpressionPart;

    /// <summary>Any of the parts.</summary>
    internal sealed record Choice(IReadOnlyList<ExpressionPart> Parts) : ExpressionPart;

    /// <summary>A part again and again.</summary>
    internal sealed record Repeated(ExpressionPart Part, int Least, int? Most) : ExpressionPart;
}
