using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>Rules that are looked for together. Immutable, thread-safe.</summary>
/// <param name="Fields">Where their literals are looked for.</param>
/// <param name="Given">By word, the marks that need no literal: of guards that a rule does not have.</param>
internal sealed record RuleGroup(FieldIndex[] Fields, ulong[] Given)
{
    /// <summary>Marks the guards that the record in view meets.</summary>
    /// <returns>How many steps were taken.</returns>
    public long Scan(EventView view, RecordMarks marks)
    {
        marks.Give(Given);
        long steps = 0;
        foreach (var field in Fields)
        {
            steps += field.Scan(view, marks);
        }

        return steps;
    }
}
