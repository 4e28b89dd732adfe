using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>
/// The rules of one log source. Where many of them ask one field for one of few values (the type of an audit record), the record's
/// value decides which of them are looked for at all. Immutable, thread-safe.
/// </summary>
/// <param name="Source">The source as the rules say it.</param>
/// <param name="Switch">The field that decides; null = all rules are in <paramref name="Others"/>.</param>
/// <param name="Groups">By folded value of that field: the rules that may match when it holds the value.</param>
/// <param name="Others">The rules that may match when it holds none of the values.</param>
/// <param name="All">By word, the marks of all guards of all the rules.</param>
internal sealed record SourceIndex(LogSource Source, Field? Switch, (string Value, RuleGroup Rules)[] Groups, RuleGroup Others, ulong[] All)
{
    /// <summary>The rules that may match records of one kind; null when what decides is not the same in all of them.</summary>
    public RuleGroup? GroupFor(HostRecord record)
    {
        if (Switch is null)
        {
            return Others;
        }

        return Switch.Source == HostField.AuditType
            ? Groups.FirstOrDefault(group => Folding.Equals(record.AuditType.Text, group.Value)).Rules ?? Others
            : null;
    }

    /// <summary>Marks the guards that the record in view meets.</summary>
    /// <returns>How many steps were taken.</returns>
    public long Scan(EventView view, RecordMarks marks)
    {
        if (Switch is null)
        {
            return Others.Scan(view, marks);
        }

        var value = view.Get(Switch);
        if (value.Kind == FieldKind.List || (value.Kind == FieldKind.Number && value.Number.Scale != 0))
        {
            // Several values, or a number of several forms, may meet what no one value meets. Rare where a field has few values.
            marks.Give(All);
            return 0;
        }

        value.TryGetText(marks.Scratch, out var text);
        foreach (var (folded, rules) in Groups)
        {
            if (Folding.Equals(text, folded))
            {
                return text.Length + rules.Scan(view, marks);
            }
        }

        return text.Length + Others.Scan(view, marks);
    }
}
