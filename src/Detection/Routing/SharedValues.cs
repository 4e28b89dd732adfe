using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>Collects what is looked for in the values of an event, whatever the names under which its records hold them.</summary>
internal sealed class SharedValues
{
    private readonly Dictionary<(HostField Field, int Ordinal), SharedValue> _values = [];

    /// <summary>Adds what a group of rules looks for in a record. What all records of its kind hold is marked at once.</summary>
    /// <param name="record">The kind of record.</param>
    /// <param name="number">Index of the record in its event.</param>
    /// <param name="group">The rules.</param>
    /// <param name="marks">Takes the marks of what all records of the kind hold.</param>
    public void Add(HostRecord record, int number, RuleGroup group, RecordMarks marks)
    {
        foreach (var index in group.Fields)
        {
            if (index.Field is null)
            {
                foreach (var field in record.Searchable)
                {
                    Add(record, number, field, 0, index, marks);
                }
            }
            else if (record.MayHold(index.Field))
            {
                Add(record, number, index.Field.Source, index.Field.Ordinal, index, marks);
            }
        }
    }

    /// <summary>The arguments of an exec, by their numbers.</summary>
    public SharedValue[] Arguments() =>
        [.. _values.Where(value => value.Key.Field == HostField.AuditArgument).Select(value => value.Value).OrderBy(value => value.Ordinal)];

    /// <summary>All others.</summary>
    public SharedValue[] ButArguments() => [.. _values.Where(value => value.Key.Field != HostField.AuditArgument).Select(value => value.Value)];

    private void Add(HostRecord record, int number, HostField field, int ordinal, FieldIndex index, RecordMarks marks)
    {
        if (record.ConstantOf(field).TryGetText(marks.Scratch, out var text))
        {
            index.Scan(text, marks);
            return;
        }

        var name = record.SharedNameOf(field);
        if (!_values.TryGetValue((name, ordinal), out var value))
        {
            _values.Add((name, ordinal), value = new SharedValue(name, ordinal, number));
        }

        if (value.Readers.Find(reader => reader.Index == index) is { } known)
        {
            known.Add(number);
        }
        else
        {
            value.Readers.Add(new ValueReader(index, number));
        }
    }
}
