using System.Buffers;

namespace Detection.Matching.Expressions;

/// <summary>Finds the characters with which everything begins that an expression finds.</summary>
internal static class ExpressionStarts
{
    /// <summary>The characters; null where they are not known, or where nothing or a place may be found first.</summary>
    /// <param name="steps">The expression's steps; the first begins.</param>
    /// <param name="tests">Its tests.</param>
    public static SearchValues<char>? Of(ExpressionStep[] steps, CharacterTest[] tests)
    {
        var (starts, visited, open) = ("", new HashSet<int>(), new Stack<int>([0]));
        while (open.TryPop(out var step))
        {
            if (!visited.Add(step))
            {
                continue;
            }

            switch (steps[step].Kind)
            {
                case StepKind.Character when tests[steps[step].First].Characters is { } characters:
                    starts += characters;
                    break;
                case StepKind.Fork:
                    open.Push(steps[step].First);
                    open.Push(steps[step].Second);
                    break;
                default:
                    return null;
            }
        }

        return SearchValues.Create(starts);
    }
}
