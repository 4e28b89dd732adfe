using System.Globalization;
using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>Finds the literals that rules need in one field, or in what keyword searches look into. Immutable, thread-safe.</summary>
internal sealed class FieldIndex
{
    private readonly Field? _field;
    private readonly EndTrie? _start;
    private readonly EndTrie? _end;
    private readonly SubstringAutomaton? _anywhere;

    /// <param name="field">The field; null = the values that keyword searches look into.</param>
    /// <param name="literals">The literals of the field.</param>
    /// <param name="hits">Takes the hits up.</param>
    public FieldIndex(Field? field, IReadOnlyList<LiteralMarks> literals, LiteralHits hits)
    {
        _field = field;
        _start = EndTrieOf(PatternPlace.Start, fromEnd: false);
        _end = EndTrieOf(PatternPlace.End, fromEnd: true);
        LiteralMarks[] anywhere = [.. literals.Where(literal => literal.Literal.Place == PatternPlace.Anywhere)];
        _anywhere = anywhere.Length > 0 ? new SubstringAutomaton(anywhere, hits) : null;

        EndTrie? EndTrieOf(PatternPlace place, bool fromEnd)
        {
            LiteralMarks[] ends =
                [.. literals.Where(literal => literal.Literal.Place == place || (literal.Literal.Place == PatternPlace.Whole && !fromEnd))];
            return ends.Length > 0 ? new EndTrie(ends, fromEnd, hits) : null;
        }
    }

    /// <summary>The field; null = the values that keyword searches look into.</summary>
    public Field? Field => _field;

    /// <summary>Marks every literal that the record in view holds.</summary>
    /// <returns>How many steps were taken: at most five for each character.</returns>
    public long Scan(EventView view, RecordMarks marks)
    {
        if (_field is not null)
        {
            return ScanAny(view.Get(_field), marks);
        }

        long steps = 0;
        for (var i = 0; view.TryGetSearchable(i, out var value); i++)
        {
            steps += ScanAny(value, marks);
        }

        return steps;
    }

    /// <summary>Marks every literal that a text holds.</summary>
    /// <returns>How many steps were taken.</returns>
    public long Scan(ReadOnlySpan<char> text, RecordMarks marks) =>
        0L + (_start?.Scan(text, marks) ?? 0) + (_end?.Scan(text, marks) ?? 0) + (_anywhere?.Scan(text, marks) ?? 0);

    private long ScanAny(in FieldValue value, RecordMarks marks)
    {
        if (value.Kind != FieldKind.List)
        {
            return value.Kind is FieldKind.Absent or FieldKind.Null ? 0 : Scan(value, marks);
        }

        long steps = 0;
        foreach (ref readonly var item in value.Items)
        {
            steps += Scan(item, marks);
        }

        return steps;
    }

    private long Scan(in FieldValue value, RecordMarks marks)
    {
        if (!value.TryGetText(marks.Scratch, out var text))
        {
            return 0;
        }

        var steps = Scan(text, marks);
        if (value.Kind == FieldKind.Number && !value.TryGetInteger(out _)
            && GuardFinder.Canonical(value.Number) is var canonical && canonical.Scale != value.Number.Scale)
        {
            canonical.TryFormat(marks.Scratch, out var length, default, CultureInfo.InvariantCulture);
            steps += Scan(marks.Scratch.AsSpan(0, length), marks);
        }

        return steps;
    }
}
