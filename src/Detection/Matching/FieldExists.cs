using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifier <c>exists</c>: whether the field is there, be it empty or null.</summary>
internal sealed class FieldExists(Field field, bool expected) : Item
{
    /// <summary>What is looked for.</summary>
    public Field Field { get; } = field;

    /// <summary>It must be there, or it must not.</summary>
    public bool Expected => expected;

    public override bool Matches(IEventView e) => e.Get(Field).Kind != FieldKind.Absent == expected;
}
