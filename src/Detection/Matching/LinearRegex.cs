using System.Text.RegularExpressions;
using Detection.Matching.Expressions;

namespace Detection.Matching;

/// <summary>
/// An expression that runs in linear time. What it runs on is built when it is first needed: that takes longer than to load a rule.
/// Thread-safe.
/// </summary>
/// <remarks>
/// Most run as an <see cref="ExpressionAutomaton"/>: .NET's is as fast, but keeps a megabyte of what it was built with. Automata grow with what they read: for counted
/// or optional parts, and those one in the other, or classes in a row, to more than can be kept. A text for which an automaton grew too large is answered in the steps of an
/// <see cref="ExpressionProgram"/>, and after the second of them all texts. Of expressions with more than a few such parts, a text lets the automaton grow by little, so that it
/// costs not much more than its steps whatever it holds; and what texts have in common is soon known, also after it had to forget.
/// </remarks>
internal sealed class LinearRegex(string text, RegexOptions options, bool hasManyRepetitions = false)
{
    /// <summary>Most nodes of an automaton that may grow beyond what can be kept.</summary>
    internal const int NodesOfMany = ExpressionAutomaton.MostNodes / 4;

    // An automaton is not filled in vain more often.
    private const int MostGivenUp = 2;

    // Of many repetitions: what the automaton may keep, and what a text may add to it. To find out a way is reckoned to cost what eight characters do in steps.
    private const int WaitingOfMany = 64 * NodesOfMany;
    private const int WaysAtLeast = 4;
    private const int CharactersOfWay = 64;

    private readonly RecentAnswers _answers = new();
    private Func<ReadOnlySpan<char>, bool>? _find;
    private ExpressionProgram? _program;

    // Taken out by the thread that uses it; who finds none makes one.
    private ExpressionAutomaton? _automaton;
    private int _givenUp;

    // For what only .NET takes: a character by its octal number, groups without end.
    private Regex? _regex;

    /// <summary>The expression.</summary>
    public string Text => text;

    /// <summary>Those that hold where it begins.</summary>
    public RegexOptions Options => options;

    /// <summary>Most steps for each character of a text; what the automaton takes to grow is told as steps of the longest text.</summary>
    public long StepsPerCharacter { get; init; } = 1;

    /// <summary>Its automaton may grow beyond what can be kept.</summary>
    public bool HasManyRepetitions => hasManyRepetitions;

    /// <summary>True when it is found somewhere in a text. Two threads may build what it runs on at the same time; either one serves.</summary>
    public bool IsMatch(ReadOnlySpan<char> value) => _answers.Of(value, _find ??= Find);

    /// <summary>What it runs as now; null while a thread uses it, and where it runs in steps or by .NET.</summary>
    internal ExpressionAutomaton? Automaton => Volatile.Read(ref _automaton);

    /// <summary>What a text may add to an automaton that may grow beyond what can be kept.</summary>
    /// <param name="length">Its characters.</param>
    internal static int MostWays(int length) => Math.Max(WaysAtLeast, length / CharactersOfWay);

    private bool Find(ReadOnlySpan<char> value)
    {
        if (_program is null && _regex is null)
        {
            Make();
        }

        return _program is null ? _regex!.IsMatch(value)
            : _givenUp >= MostGivenUp ? ExpressionSearch.IsFound(_program, value)
            : FindByAutomaton(_program, value) ?? ExpressionSearch.IsFound(_program, value);
    }

    private bool? FindByAutomaton(ExpressionProgram program, ReadOnlySpan<char> value)
    {
        var automaton = Interlocked.Exchange(ref _automaton, null) ?? (hasManyRepetitions ? new ExpressionAutomaton(program, NodesOfMany, WaitingOfMany) : new ExpressionAutomaton(program));
        var found = hasManyRepetitions ? automaton.IsFound(value, MostWays(value.Length)) : automaton.IsFound(value);
        if (found is null && !hasManyRepetitions)
        {
            Interlocked.Increment(ref _givenUp);
        }

        Volatile.Write(ref _automaton, _givenUp < MostGivenUp ? automaton : null);
        return found;
    }

    private void Make()
    {
        try
        {
            _program = ExpressionParser.Program(text, options);
        }
        catch (Exception e) when (e is NotSupportedException or RegexParseException && !hasManyRepetitions)
        {
            _regex = new Regex(text, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
    }
}
