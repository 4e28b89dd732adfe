using System.Numerics;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>A value of an event, and what is looked for in it. Belongs to one thread.</summary>
/// <param name="field">Where the event holds it.</param>
/// <param name="ordinal">Number of the argument of an exec, else 0.</param>
/// <param name="record">Index of a record that holds it under that name.</param>
internal sealed class SharedValue(HostField field, int ordinal, int record)
{
    private readonly int[] _found = new int[RecentTexts.MaxHits];
    private readonly RecentTexts _recent = new();

    /// <summary>Number of the argument of an exec, else 0.</summary>
    public int Ordinal => ordinal;

    /// <summary>What looks into it.</summary>
    public List<ValueReader> Readers { get; } = [];

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
            Mark(hit >> HostRecordShapes.MaxRecords, hit & ((1 << HostRecordShapes.MaxRecords) - 1), marks);
        }

        return text.Length;
    }

    private long Look(ReadOnlySpan<char> text, RecordMarks[] marks)
    {
        var (steps, count) = (0L, 0);
        foreach (var reader in Readers)
        {
            var first = marks[reader.FirstRecord];
            first.BeginNotes();
            steps += reader.Index.Scan(text, first);
            var isWhole = first.TryGetNotes(out var hits);
            foreach (var hit in hits)
            {
                Mark(hit, reader.OtherRecords, marks);
                if (count < _found.Length)
                {
                    _found[count] = (hit << HostRecordShapes.MaxRecords) | reader.Records;
                }

                count++;
            }

            if (!isWhole)
            {
                count += _found.Length;
                steps += LookForOthers(text, reader, marks);
            }
        }

        if (count <= _found.Length)
        {
            _recent.Keep(text, _found.AsSpan(0, count));
        }

        return steps;
    }

    // More was found than was noted.
    private static long LookForOthers(ReadOnlySpan<char> text, ValueReader reader, RecordMarks[] marks)
    {
        long steps = 0;
        for (var records = reader.OtherRecords; records != 0; records &= records - 1)
        {
            steps += reader.Index.Scan(text, marks[BitOperations.TrailingZeroCount(records)]);
        }

        return steps;
    }

    private static void Mark(int hit, int records, RecordMarks[] marks)
    {
        for (; records != 0; records &= records - 1)
        {
            marks[BitOperations.TrailingZeroCount(records)].Hit(hit);
        }
    }
}
