namespace Detection.Matching;

/// <summary>One step of a <see cref="StringPattern"/>.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Value">The character of a literal.</param>
internal readonly record struct PatternToken(PatternTokenKind Kind, char Value)
{
    public static readonly PatternToken AnyRun = new(PatternTokenKind.AnyRun, default);
    public static readonly PatternToken AnyOne = new(PatternTokenKind.AnyOne, default);
    public static readonly PatternToken AnyDash = new(PatternTokenKind.AnyDash, default);

    /// <summary>A letter, digit or underscore.</summary>
    public bool IsWord => Kind == PatternTokenKind.Literal && (char.IsLetterOrDigit(Value) || Value == '_');

    public static PatternToken Literal(char value) => new(PatternTokenKind.Literal, value);

    /// <summary>True for one of two literal characters.</summary>
    public bool IsLiteral(char one, char other) => Kind == PatternTokenKind.Literal && (Value == one || Value == other);
}
