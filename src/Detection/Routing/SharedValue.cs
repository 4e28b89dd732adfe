using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>A value of an event, and what is looked for in it. Belongs to one thread.</summary>
/// <param name="field">Where the event holds it.</param>
/// <param name="ordinal">Number of the argument of an exec, else 0.</param>
/// <param name="record">Index of a record that holds it under that name.</param>
internal sealed class SharedValue(HostField field, int ordinal, int record)
{
    // A hit and the record that it is of, as one number.
    private const int Records = 8;

    private readonly int[] _found = new int[RecentTexts.MaxHits];
    private readonly RecentTexts _recent = new();

    /// <summary>Number of the argument of an exec, else 0.</summary>
    public int Ordinal => ordinal;

    /// <summary>The indexes that look into it, each with the record whose guards it marks.</summary>
    public List<(int Record, FieldIndex Index)> Readers { get; } = [];

    /// <summary>Marks every literal that the value of the event in view holds.</summary>
    /// <param name="view">Turned to any of the records afterwards.</param>
    /// <param name="marks">By record.</param>
    /// <returns>How many steps were taken.</returns>
    public long Scan(HostEventView view, RecordMarks[] marks)
    {
        view.ShowRecord(record);
        var value = view.Read(field, ordinal);
        if (!value.TryGetText(marks[0].Scratch, out var text))
        {
            return 0;
        }

        if (!_recent.TryGet(text, out var found))
        {
            return Look(text, marks);
        }

        foreach (var hit in found)
        {
            marks[hit % Records].Hit(hit / Records);
        }

        return text.Length;
    }

    private long Look(ReadOnlySpan<char> text, RecordMarks[] marks)
    {
        var (steps, count) = (0L, 0);
        foreach (var (reader, index) in Readers)
        {
            marks[reader].BeginNotes();
            steps += index.Scan(text, marks[reader]);
            var isWhole = marks[reader].TryGetNotes(out var hits);
            foreach (var hit in hits)
            {
                if (count < _found.Length)
                {
                    _found[count] = (hit * Records) + reader;
                }

                count++;
            }

            count += isWhole ? 0 : _found.Length;
        }

        if (count <= _found.Length)
        {
            _recent.Keep(text, _found.AsSpan(0, count));
        }

        return steps;
    }
}
