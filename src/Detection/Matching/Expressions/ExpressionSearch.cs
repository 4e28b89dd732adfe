using System.Buffers;

namespace Detection.Matching.Expressions;

/// <summary>Looks for a program's expression in one text. Allocates nothing once the pool has arrays.</summary>
internal ref struct ExpressionSearch
{
    private readonly ExpressionStep[] _steps;
    private readonly CharacterTest[] _tests;
    private readonly SearchValues<char>? _starts;
    private readonly ReadOnlySpan<char> _text;

    // By step: the place in the text, plus 1, for which it was visited last.
    private readonly Span<int> _visited;
    private readonly Span<int> _stack;

    // By test: twice the place that it was made for, plus 2, and the answer.
    private readonly Span<int> _answers;
    private Span<int> _waiting;
    private Span<int> _next;
    private int _waitingCount;
    private int _nextCount;
    private long _visits;

    private ExpressionSearch(ExpressionProgram program, ReadOnlySpan<char> text, Span<int> memory)
    {
        var count = program.Steps.Length;
        (_steps, _tests, _starts) = (program.Steps, program.Tests, program.Starts);
        _text = text;
        _visited = memory[..count];
        _waiting = memory.Slice(count, count);
        _next = memory.Slice(2 * count, count);
        _stack = memory.Slice(3 * count, 2 * count);
        _answers = memory[(5 * count)..];
        _visited.Clear();
        _answers.Clear();
    }

    /// <summary>True when the expression is somewhere in the text.</summary>
    public static bool IsFound(ExpressionProgram program, ReadOnlySpan<char> text) => IsFound(program, text, out _);

    /// <summary>True when the expression is somewhere in the text.</summary>
    /// <param name="program">The expression.</param>
    /// <param name="text">The text.</param>
    /// <param name="visits">How often a step was come to: for each character at most three times as often as there are steps.</param>
    public static bool IsFound(ExpressionProgram program, ReadOnlySpan<char> text, out long visits)
    {
        visits = 0;
        if (text.Length < program.MinLength)
        {
            return false;
        }

        var size = (5 * program.Steps.Length) + program.Tests.Length;
        var memory = ArrayPool<int>.Shared.Rent(size);
        try
        {
            var search = new ExpressionSearch(program, text, memory.AsSpan(0, size));
            var found = search.Run();
            visits = search._visits;
            return found;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(memory);
        }
    }

    private bool Run()
    {
        for (var at = 0; at <= _text.Length; at++)
        {
            if (_nextCount == 0 && _starts is not null)
            {
                var ahead = _text[at..].IndexOfAny(_starts);
                if (ahead < 0)
                {
                    return false;
                }

                at += ahead;
            }

            // It may begin anywhere.
            if (Visit(0, at))
            {
                return true;
            }

            if (at == _text.Length)
            {
                break;
            }

            var waiting = _next;
            _next = _waiting;
            _waiting = waiting;
            (_waitingCount, _nextCount) = (_nextCount, 0);
            for (var i = 0; i < _waitingCount; i++)
            {
                if (Holds(_steps[_waiting[i]].First, at) && Visit(_waiting[i] + 1, at + 1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Follows all ways to the next character; true when one has found the expression.
    private bool Visit(int step, int at)
    {
        _stack[0] = step;
        for (var count = 1; count > 0;)
        {
            _visits++;
            step = _stack[--count];
            if (_visited[step] == at + 1)
            {
                continue;
            }

            _visited[step] = at + 1;
            switch (_steps[step].Kind)
            {
                case StepKind.Character:
                    _next[_nextCount++] = step;
                    break;
                case StepKind.Place:
                    if (IsAt((PlaceKind)_steps[step].First, at))
                    {
                        _stack[count++] = step + 1;
                    }

                    break;
                case StepKind.Fork:
                    _stack[count++] = _steps[step].Second;
                    _stack[count++] = _steps[step].First;
                    break;
                default:
                    return true;
            }
        }

        return false;
    }

    private readonly bool Holds(int test, int at)
    {
        var mark = (at + 1) << 1;
        if (_answers[test] >> 1 != at + 1)
        {
            _answers[test] = mark | (_tests[test].Holds(_text[at]) ? 1 : 0);
        }

        return (_answers[test] & 1) != 0;
    }

    private readonly bool IsAt(PlaceKind kind, int at) => kind switch
    {
        PlaceKind.Start => at == 0,
        PlaceKind.End => at == _text.Length,
        PlaceKind.EndOrLastLineFeed => at == _text.Length || (at == _text.Length - 1 && _text[at] == '\n'),
        PlaceKind.LineStart => at == 0 || _text[at - 1] == '\n',
        PlaceKind.LineEnd => at == _text.Length || _text[at] == '\n',
        _ => (IsWord(at - 1) != IsWord(at)) == (kind == PlaceKind.WordEdge),
    };

    private readonly bool IsWord(int at) => at >= 0 && at < _text.Length && CharacterTest.Word.Holds(_text[at]);
}
