namespace Detection.Matching;

/// <summary>One step of a <see cref="StringPattern"/>. A class: lists of structs are compiled anew in every process that loads rules.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Value">The character of a literal.</param>
internal sealed record PatternToken(PatternTokenKind Kind, char Value)
{
    public static readonly PatternToken AnyRun = new(PatternTokenKind.AnyRun, default);
    public static readonly PatternToken AnyOne = new(PatternTokenKind.AnyOne, default);
    public static readonly PatternToken AnyDash = new(PatternTokenKind.AnyDash, default);

    private static readonly PatternToken[] Ascii = MakeAscii();

    /// <summary>A letter, digit or underscore.</summary>
    public bool IsWord => Kind == PatternTokenKind.Literal && (char.IsLetterOrDigit(Value) || Value == '_');

    public static PatternToken Literal(char value) => value < Ascii.Length ? Ascii[value] : new PatternToken(PatternTokenKind.Literal, value);

    /// <summary>True for one of two literal characters.</summary>
    public bool IsLiteral(char one, char other) => Kind == PatternTokenKind.Literal && (Value == one || Value == other);

    private static PatternToken[] MakeAscii()
    {
        var tokens = new PatternToken[128];
        for (var c = '\0'; c < tokens.Length; c++)
        {
            tokens[c] = new PatternToken(PatternTokenKind.Literal, c);
        }

        return tokens;
    }
}
