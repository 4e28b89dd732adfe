using System.Text.RegularExpressions;

namespace Detection.Matching;

/// <summary>The modifier <c>re</c>: the expression is found somewhere in the text. Time is linear in the text's length.</summary>
internal sealed class RegexTest(LinearRegex expression) : SpanTest
{
    /// <summary>The expression as it is searched for; reading it builds nothing.</summary>
    public string Text => expression.Text;

    /// <summary>Those that hold where it begins.</summary>
    public RegexOptions Options => expression.Options;

    /// <inheritdoc cref="LinearRegex.HasManyRepetitions"/>
    public bool HasManyRepetitions => expression.HasManyRepetitions;

    /// <inheritdoc cref="LinearRegex.StepsPerCharacter"/>
    public long StepsPerCharacter => expression.StepsPerCharacter;

    public override bool Holds(ReadOnlySpan<char> text) => expression.IsMatch(text);
}
