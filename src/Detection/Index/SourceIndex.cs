using Detection.Taxonomy;

namespace Detection.Index;

/// <summary>
/// The rules of one log source. Where many of them ask one field for one of few values (the type of an audit record), the record's
/// value decides which of them are looked for at all. Immutable, thread-safe.
/// </summary>
/// <param name="Source">The source as the rules say it.</param>
/// <param name="Switch">The field that decides; null = all rules are in <paramref name="Others"/>.</param>
/// <param name="Groups">By folded value of that field: the rules that ask for it, and those that do not ask.</param>
/// <param name="Others">The rules that do not ask for a value.</param>
internal sealed record SourceIndex(LogSource Source, Field? Switch, (string Value, RuleGroup Rules)[] Groups, RuleGroup Others)
{
    /// <summary>Marks the guards that the record in view meets.</summary>
    /// <returns>How many steps were taken.</returns>
    public long Scan(IEventView view, RecordMarks marks)
    {
        if (Switch is null)
        {
            return Others.Scan(view, marks);
        }

        var value = view.Get(Switch);
        if (value.Kind is FieldKind.List or FieldKind.Number)
        {
            return ScanAll(view, marks);
        }

        value.TryGetText(marks.Scratch, out var text);
        foreach (var (folded, rules) in Groups)
        {
            if (Folding.Equals(text, folded))
            {
                return rules.Scan(view, marks);
            }
        }

        return Others.Scan(view, marks);
    }

    // Several values, or one with several forms: rare where a field has few values, so it need not be fast.
    private long ScanAll(IEventView view, RecordMarks marks)
    {
        var steps = Others.Scan(view, marks);
        foreach (var (_, rules) in Groups)
        {
            steps += rules.Scan(view, marks);
        }

        return steps;
    }
}
