using System.Buffers;

namespace Detection.Matching.Expressions;

/// <summary>
/// An expression as steps that are all tried at the same time: each character of a text costs at most a visit of each step, whatever
/// the expression is, and nothing is remembered between texts. Immutable and thread-safe.
/// </summary>
internal sealed class ExpressionProgram
{
    private readonly List<ExpressionStep> _steps = [];
    private readonly List<CharacterTest> _tests = [];

    /// <param name="expression">Its counted repetitions are written out.</param>
    public ExpressionProgram(ExpressionPart expression)
    {
        Emit(expression);
        _steps.Add(new ExpressionStep(StepKind.Found, 0, 0));
        Steps = [.. _steps];
        Tests = [.. _tests];
        MinLength = LeastLength(expression);
        Starts = ExpressionStarts.Of(Steps, Tests);
    }

    /// <summary>The steps; the first begins.</summary>
    public ExpressionStep[] Steps { get; }

    /// <summary>What characters are tested for, each once.</summary>
    public CharacterTest[] Tests { get; }

    /// <summary>How often steps are come to at most for each character of a text.</summary>
    /// <remarks>Where a search begins and behind each character it waits for once; from a fork by both ways, from a place by one.</remarks>
    public long VisitsPerCharacter => 1 + Steps.Sum(step => step.Kind switch { StepKind.Fork => 2L, StepKind.Found => 0, _ => 1 });

    /// <summary>No shorter text is found.</summary>
    public long MinLength { get; }

    /// <summary>Whatever is found begins with one of these; null = that is not known.</summary>
    public SearchValues<char>? Starts { get; }

    private void Emit(ExpressionPart part)
    {
        switch (part)
        {
            case ExpressionPart.Character character:
                var test = _tests.IndexOf(character.Test);
                if (test < 0)
                {
                    test = _tests.Count;
                    _tests.Add(character.Test);
                }

                _steps.Add(new ExpressionStep(StepKind.Character, test, 0));
                break;
            case ExpressionPart.Place place:
                _steps.Add(new ExpressionStep(StepKind.Place, (int)place.Kind, 0));
                break;
            case ExpressionPart.Sequence sequence:
                foreach (var inner in sequence.Parts)
                {
                    Emit(inner);
                }

                break;
            case ExpressionPart.Choice choice:
                EmitChoice(choice);
                break;
            case ExpressionPart.Repeated repeated:
                EmitRepeated(repeated);
                break;
            default:
                throw new InvalidOperationException($"{part.GetType().Name} has no steps");
        }
    }

    private void EmitChoice(ExpressionPart.Choice choice)
    {
        var ends = new List<int>();
        foreach (var branch in choice.Parts.SkipLast(1))
        {
            var fork = Reserve();
            Emit(branch);
            ends.Add(Reserve());
            _steps[fork] = new ExpressionStep(StepKind.Fork, fork + 1, _steps.Count);
        }

        Emit(choice.Parts[^1]);
        ends.ForEach(end => _steps[end] = new ExpressionStep(StepKind.Fork, _steps.Count, _steps.Count));
    }

    private void EmitRepeated(ExpressionPart.Repeated repeated)
    {
        var start = _steps.Count;
        for (var i = 0; i < repeated.Least; i++)
        {
            start = _steps.Count;
            Emit(repeated.Part);
            if (start == _steps.Count)
            {
                // Nothing, however often.
                return;
            }
        }

        if (repeated.Most is not { } most)
        {
            if (repeated.Least > 0)
            {
                // The last of them again, not one more: those one in the other would double each time.
                _steps.Add(new ExpressionStep(StepKind.Fork, start, _steps.Count + 1));
                return;
            }

            var fork = Reserve();
            Emit(repeated.Part);
            _steps.Add(new ExpressionStep(StepKind.Fork, fork, fork));
            _steps[fork] = new ExpressionStep(StepKind.Fork, fork + 1, _steps.Count);
            return;
        }

        var forks = new List<int>();
        for (var i = repeated.Least; i < most; i++)
        {
            forks.Add(Reserve());
            Emit(repeated.Part);
            if (forks[^1] == _steps.Count - 1)
            {
                break;
            }
        }

        forks.ForEach(fork => _steps[fork] = new ExpressionStep(StepKind.Fork, fork + 1, _steps.Count));
    }

    private int Reserve()
    {
        _steps.Add(default);
        return _steps.Count - 1;
    }

    private static long LeastLength(ExpressionPart part) => part switch
    {
        ExpressionPart.Character => 1,
        ExpressionPart.Sequence sequence => sequence.Parts.Sum(LeastLength),
        ExpressionPart.Choice choice => choice.Parts.Min(LeastLength),
        ExpressionPart.Repeated repeated => repeated.Least * LeastLength(repeated.Part),
        _ => 0,
    };
}
