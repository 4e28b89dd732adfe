using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>
/// What is looked for in events of our sensor that present the same kinds of records. Several records hold the same values under
/// different names, and each value is looked through once an event. Belongs to one thread.
/// </summary>
internal sealed class EventPlan
{
    private readonly ulong[][] _given;
    private readonly SourceIndex[][] _undecided;
    private readonly SharedValue[] _values;
    private readonly SharedValue[] _arguments;

    /// <param name="index">The rules.</param>
    /// <param name="records">The records that the events present.</param>
    /// <param name="marks">Room for the marks of each record, not in use now.</param>
    public EventPlan(RuleIndex index, HostRecord[] records, RecordMarks[] marks)
    {
        _given = new ulong[records.Length][];
        _undecided = new SourceIndex[records.Length][];
        var values = new SharedValues();
        for (var i = 0; i < records.Length; i++)
        {
            var parts = index.PartsFor(records[i].Source).Select(part => (part, Group: part.GroupFor(records[i]))).ToList();
            _undecided[i] = [.. parts.Where(part => part.Group is null).Select(part => part.part)];
            marks[i].Begin();
            foreach (var group in parts.Select(part => part.Group).OfType<RuleGroup>())
            {
                marks[i].Give(group.Given);
                values.Add(records[i], i, group, marks[i]);
            }

            _given[i] = marks[i].Words.ToArray();
        }

        (_values, _arguments) = (values.ButArguments(), values.Arguments());
    }

    /// <summary>Marks, for each record of the event in view, the guards that it meets.</summary>
    /// <param name="view">Turned to any of the records afterwards.</param>
    /// <param name="marks">By record.</param>
    /// <returns>How many steps were taken.</returns>
    public long Scan(HostEventView view, RecordMarks[] marks)
    {
        long steps = 0;
        for (var i = 0; i < _given.Length; i++)
        {
            marks[i].Begin();
            marks[i].Give(_given[i]);
            foreach (var part in _undecided[i])
            {
                view.ShowRecord(i);
                steps += part.Scan(view, marks[i]);
            }
        }

        foreach (var value in _values)
        {
            steps += value.Scan(view, marks);
        }

        foreach (var argument in _arguments)
        {
            if (argument.Ordinal >= view.ArgumentCount)
            {
                break;
            }

            steps += argument.Scan(view, marks);
        }

        return steps;
    }
}
