using System.Text.RegularExpressions;
using Detection.Matching.Expressions;

namespace Detection.Matching;

/// <summary>
/// An expression that runs in linear time. What it runs on is built when it is first needed: that takes longer than to load a rule.
/// Thread-safe.
/// </summary>
/// <remarks>
/// .NET's automaton is faster, but grows with what it reads: for counted or optional parts, and those one in the other, to gigabytes
/// and minutes within 4 KiB of text; for classes in a row to ten thousand nodes in half a second. Expressions with more than a few of them
/// run as an <see cref="ExpressionProgram"/>.
/// </remarks>
internal sealed class LinearRegex(string text, RegexOptions options, bool hasManyRepetitions = false)
{
    private readonly RecentAnswers _answers = new();
    private Func<ReadOnlySpan<char>, bool>? _find;
    private Regex? _regex;
    private ExpressionProgram? _program;

    /// <summary>The expression.</summary>
    public string Text => text;

    /// <summary>Those that hold where it begins.</summary>
    public RegexOptions Options => options;

    /// <summary>Most steps for each character of a text; what the automaton takes to grow is told as steps of the longest text.</summary>
    public long StepsPerCharacter { get; init; } = 1;

    /// <summary>Runs in steps of our own, not as .NET's automaton.</summary>
    public bool HasManyRepetitions => hasManyRepetitions;

    /// <summary>True when it is found somewhere in a text. Two threads may build what it runs on at the same time; either one serves.</summary>
    public bool IsMatch(ReadOnlySpan<char> value) => _answers.Of(value, _find ??= Find);

    /// <summary>Builds what it runs on.</summary>
    /// <exception cref="NotSupportedException">It cannot run in linear time.</exception>
    public void Build() => Find("");

    private bool Find(ReadOnlySpan<char> value) => hasManyRepetitions
        ? ExpressionSearch.IsFound(_program ??= new ExpressionProgram(ExpressionParser.Parse(text, options)), value)
        : (_regex ??= new Regex(text, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)).IsMatch(value);
}
