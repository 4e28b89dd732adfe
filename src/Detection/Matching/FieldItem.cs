using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>A field against values: any of them holds, or (<c>all</c>) every one.</summary>
internal sealed class FieldItem : Item
{
    private readonly ValueTest[] _tests;
    private readonly bool _holdsForNothing;

    public FieldItem(Field field, IReadOnlyList<ValueTest> tests, bool all)
    {
        Field = field;
        _tests = [.. tests];
        All = all;
        _holdsForNothing = Holds(default);
    }

    /// <summary>What is read.</summary>
    public Field Field { get; }

    /// <summary>One for each value of the rule, or for each of its variants.</summary>
    public IReadOnlyList<ValueTest> Tests => _tests;

    /// <summary>Every test must hold.</summary>
    public bool All { get; }

    public override bool Matches(IEventView e)
    {
        var value = e.Get(Field);
        return value.Kind is FieldKind.Absent or FieldKind.Null ? _holdsForNothing : Holds(value);
    }

    private bool Holds(in FieldValue value)
    {
        foreach (var test in _tests)
        {
            if (test.HoldsForAny(value) != All)
            {
                return !All;
            }
        }

        return All;
    }
}
